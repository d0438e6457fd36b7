import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { AppError } from '../errors.js'
import type { MediaFacts } from '../plan/facts.js'
import type { Asset } from './model.js'
import type { MediaProber } from './ports.js'

type AssetDescription = Pick<Asset, 'kind' | 'mimeType' | 'facts'>

/** First bytes of font files: TrueType, OpenType with CFF, collection. */
const FONT_SIGNATURES: Readonly<Record<string, string>> = {
  '00010000': 'font/ttf',
  '74727565': 'font/ttf',
  '4f54544f': 'font/otf',
  '74746366': 'font/collection',
}

/** Formats that have no signature are told by the name's extension, and must be text. */
const SUBTITLE_TYPES: Readonly<Record<string, string>> = {
  '.srt': 'application/x-subrip',
  '.vtt': 'text/vtt',
  '.ass': 'text/x-ass',
}

const HEAD_BYTES = 4096

/**
 * Tells what an asset is, by its bytes.
 * @throws AppError `unsupported-media`
 */
export async function describeAsset(
  prober: MediaProber,
  name: string,
  path: string,
): Promise<AssetDescription> {
  const head = await readHead(path)
  const fontType = FONT_SIGNATURES[head.subarray(0, 4).toString('hex')]
  if (fontType) return { kind: 'font', mimeType: fontType, facts: null }
  const subtitleType = SUBTITLE_TYPES[extname(name).toLowerCase()]
  if (subtitleType) {
    if (!isText(head)) throw new AppError('unsupported-media', 'The subtitles are not UTF-8 text.')
    return { kind: 'subtitle', mimeType: subtitleType, facts: null }
  }
  const facts = await prober.probe(path)
  return { kind: mediaKind(facts), mimeType: facts.mimeType, facts }
}

function mediaKind({ video, durationSec }: MediaFacts): 'image' | 'video' | 'audio' {
  if (!video) return 'audio'
  return durationSec > 0 ? 'video' : 'image'
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

function isText(head: Buffer): boolean {
  if (head.length === 0 || head.includes(0)) return false
  try {
    // A character that is cut at the end of the head is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
