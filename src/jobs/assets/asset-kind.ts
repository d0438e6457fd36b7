import { open } from 'node:fs/promises'
import { excessOfPicture } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import { DRAWN_HEAD_BYTES, drawnKind } from '../../plan/images/drawn-kind.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import { isStillImage } from '../../plan/model/image-kinds.js'
import type { SubtitleFormat } from '../../plan/model/sources.js'
import type { Asset } from '../model.js'
import type { ReadTask } from '../ports/calculations.js'
import type { MediaProber } from '../ports/prober.js'
import { nameKind, TAKEN_ASSETS } from './name-kind.js'
import { hasSubtitleName } from './read-subtitle-file.js'

type AssetDescription = Pick<Asset, 'kind' | 'mimeType' | 'facts'>

/** What reads the files of one owner. */
export interface AssetReaders {
  readonly prober: MediaProber
  readonly read: (task: ReadTask) => Promise<SubtitleFormat | null>
}

/** First bytes of font files: TrueType, OpenType with CFF, collection, WOFF, WOFF2. */
const FONT_SIGNATURES: Readonly<Record<string, string>> = {
  '00010000': 'font/ttf',
  '74727565': 'font/ttf',
  '4f54544f': 'font/otf',
  '74746366': 'font/collection',
  '774f4646': 'font/woff',
  '774f4632': 'font/woff2',
}

const SUBTITLE_TYPES: Readonly<Record<SubtitleFormat, string>> = {
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ass: 'text/x-ass',
  sbv: 'text/x-sbv',
  ttml: 'application/ttml+xml',
  microdvd: 'text/x-microdvd',
  mpl2: 'text/x-mpl2',
}

/**
 * Finds out from its bytes what an asset is.
 * @throws AppError `unsupported-media`, and `source-damaged` for a clip or sound that has lost more than half
 */
export async function describeAsset(
  { prober, read }: AssetReaders,
  name: string,
  path: string,
): Promise<AssetDescription> {
  const head = await readHead(path)
  const readAs = (as: ReadTask['as']) => read({ as, name, path })
  const fontType = FONT_SIGNATURES[head.subarray(0, 4).toString('hex')]
  if (fontType) {
    await readAs('font')
    return { kind: 'font', mimeType: fontType, facts: null }
  }
  const named = hasSubtitleName(name) ? await readAs('subtitles') : null
  if (named) return subtitlesOf(named)
  const found = await prober.probe(path).catch(async (error: unknown) => {
    // Of any name, such as `captions`.
    const format = await readAs('any')
    if (format) return format
    // What is wrong with a drawing is said where it is drawn.
    throw isUnknown(error) && drawnKind(head) === null ? refusal(head, error) : error
  })
  if (typeof found === 'string') return subtitlesOf(found)
  return describeMedia(prober, path, found)
}

async function describeMedia(
  prober: MediaProber,
  path: string,
  facts: MediaFacts,
): Promise<AssetDescription> {
  const { mimeType } = facts
  if (isStillImage(facts)) return { kind: 'image', mimeType, facts }
  const excess = facts.video && excessOfPicture(facts.video)
  if (excess) throw new AppError('unsupported-media', `The picture is ${excess}.`)
  const measured = await prober.measure(path, facts)
  if (!measured.video) return { kind: 'audio', mimeType, facts: measured }
  // An animation of one frame, which lasts for no time.
  const isStill = measured.durationSec <= 0 && (measured.video.frameCount ?? 0) <= 1
  return isStill ? { kind: 'image', mimeType, facts } : { kind: 'video', mimeType, facts: measured }
}

function subtitlesOf(format: SubtitleFormat): AssetDescription {
  return { kind: 'subtitle', mimeType: SUBTITLE_TYPES[format], facts: null }
}

function isUnknown(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unsupported-media'
}

/** Says what the file is, where that can be seen, and what it may be. */
function refusal(head: Buffer, cause?: unknown): AppError {
  const kind = nameKind(head)
  const seen = kind === null ? 'is of no known kind, or it is damaged' : `is ${kind}`
  return new AppError('unsupported-media', `The file ${seen}. Taken are ${TAKEN_ASSETS}.`, { cause })
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(DRAWN_HEAD_BYTES), 0, DRAWN_HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
