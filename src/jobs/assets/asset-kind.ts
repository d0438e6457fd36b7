import { open } from 'node:fs/promises'
import { excessOfPicture } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import { isStillImage } from '../../plan/model/facts.js'
import type { SubtitleFormat } from '../../plan/model/sources.js'
import type { Asset } from '../model.js'
import type { MediaProber } from '../ports/prober.js'
import { localReader } from '../read-at-most.js'
import { readFont } from './fonts/read-font.js'
import { readSubtitleFile, subtitleFormat } from './read-subtitle-file.js'

type AssetDescription = Pick<Asset, 'kind' | 'mimeType' | 'facts'>

/** First bytes of font files: TrueType, OpenType with CFF, collection. */
const FONT_SIGNATURES: Readonly<Record<string, string>> = {
  '00010000': 'font/ttf',
  '74727565': 'font/ttf',
  '4f54544f': 'font/otf',
  '74746366': 'font/collection',
}

const HEAD_BYTES = 4

const SUBTITLE_TYPES: Readonly<Record<SubtitleFormat, string>> = {
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ass: 'text/x-ass',
}

/**
 * Finds out from its bytes what an asset is.
 * @throws AppError `unsupported-media`, and `source-damaged` for a clip or sound that has lost more than half
 */
export async function describeAsset(
  prober: MediaProber,
  name: string,
  path: string,
): Promise<AssetDescription> {
  const head = await readHead(path)
  const read = localReader(path)
  const fontType = FONT_SIGNATURES[head.subarray(0, 4).toString('hex')]
  if (fontType) {
    await readFont(read)
    return { kind: 'font', mimeType: fontType, facts: null }
  }
  const format = subtitleFormat(name)
  if (format) {
    await readSubtitleFile(read, format)
    return { kind: 'subtitle', mimeType: SUBTITLE_TYPES[format], facts: null }
  }
  const facts = await prober.probe(path)
  const excess = facts.video && excessOfPicture(facts.video)
  if (excess) throw new AppError('unsupported-media', `The picture is ${excess}.`)
  const { mimeType } = facts
  if (isStillImage(facts)) return { kind: 'image', mimeType, facts }
  const measured = await prober.measure(path, facts)
  if (!measured.video) return { kind: 'audio', mimeType, facts: measured }
  // A GIF of one frame, which lasts for no time.
  const isStill = facts.durationSec <= 0 && (measured.video.frameCount ?? 0) <= 1
  return isStill ? { kind: 'image', mimeType, facts } : { kind: 'video', mimeType, facts: measured }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
