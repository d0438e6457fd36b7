import { open, rm, stat } from 'node:fs/promises'
import { AppError } from '../../errors.js'
import { DRAWN_HEAD_BYTES, drawnKind } from '../../plan/images/drawn-kind.js'
import type { DrawnKind } from '../../plan/model/drawn.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { isStillImage } from '../../plan/model/image-kinds.js'
import { scanPackets } from '../packets/scan-packets.js'
import type { ContainerKind } from '../probe/containers.js'
import { probeFile } from '../probe/probe.js'
import { withTimeout } from '../process/read-timeout.js'
import type { FfmpegTools } from '../process/run-ffmpeg.js'
import { drawPicture } from './draw.js'

type Tools = Pick<FfmpegTools, 'ffprobePath' | 'fontConfigPath'>

const SCAN_TIMEOUT_MS = 60_000

const MAX_SVG_BYTES = 10 * 1024 ** 2

const KINDS: Readonly<Record<DrawnKind, ContainerKind>> = {
  svg: { mimeType: 'image/svg+xml', extension: 'svg' },
  webp: { mimeType: 'image/webp', extension: 'webp' },
}

/**
 * The facts of a picture that ffmpeg cannot read, or not in all versions: those of what is drawn of it. null: the file
 * is no such picture.
 * @throws AppError `unsupported-media`
 */
export async function probeDrawn(tools: Tools, path: string): Promise<MediaFacts | null> {
  const kind = await readDrawnKind(path)
  if (kind === null) return null
  if (kind === 'svg') await refuseLarge(path)
  const drawing = `${path}.drawn`
  const scan = { signal: withTimeout(SCAN_TIMEOUT_MS) }
  try {
    await drawPicture(tools, { kind }, { from: path, to: drawing })
    const probed = await probeFile(tools.ffprobePath, drawing)
    const facts = isStillImage(probed) ? probed : await scanPackets(tools.ffprobePath, drawing, probed, scan)
    return { ...facts, ...KINDS[kind], drawnFrom: kind }
  } finally {
    await rm(drawing, { force: true })
  }
}

async function readDrawnKind(path: string): Promise<DrawnKind | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(DRAWN_HEAD_BYTES), 0, DRAWN_HEAD_BYTES, 0)
    return drawnKind(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

async function refuseLarge(path: string): Promise<void> {
  if ((await stat(path)).size <= MAX_SVG_BYTES) return
  throw new AppError('unsupported-media', `A drawing may have ${MAX_SVG_BYTES / 1024 ** 2} MiB.`)
}
