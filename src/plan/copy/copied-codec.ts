import { VIDEO_CODECS, type VideoCodec } from '../../edit/output/formats.js'
import { listed } from '../../edit/output/prose.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'

/** A codec whose pictures can be copied from a source. */
export interface CopiedCodec {
  readonly codec: VideoCodec
  readonly independentUnits: string
  readonly canStandBeside: boolean
}

/** @param probeName ffprobe's name @returns null: pictures of this codec are not copied */
export function copiedCodec(probeName: string): CopiedCodec | null {
  const codec = VIDEO_CODECS.find((one) => VIDEO_CODEC_TRAITS[one].probeName === probeName)
  const copying = codec && VIDEO_CODEC_TRAITS[codec].copying
  return copying ? { codec, ...copying } : null
}

/** For people: `H.264 or H.265`. */
export function copiedLabels(): string {
  const traits = VIDEO_CODECS.map((codec) => VIDEO_CODEC_TRAITS[codec])
  return listed(
    traits.filter(({ copying }) => copying).map(({ label }) => label),
    'or',
  )
}
