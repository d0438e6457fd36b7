import Joi from 'joi'
import { AppError } from '../../errors.js'

/** The part of ffprobe's JSON that is read. Numbers come as text; a missing value is `N/A` or absent. */
export interface ProbedFile {
  readonly format: ProbedFormat
  readonly streams: readonly ProbedStream[]
  /** Of MPEG-TS: each has a picture and sound of its own. */
  readonly programs?: readonly { readonly streams?: readonly Pick<ProbedStream, 'index'>[] }[]
}

export interface ProbedFormat {
  readonly format_name: string
  readonly duration?: string
  readonly start_time?: string
  readonly size?: string
  readonly bit_rate?: string
  readonly tags?: Readonly<Record<string, string>>
}

export interface ProbedStream {
  readonly index: number
  readonly codec_type?: string
  readonly codec_name?: string
  readonly profile?: string
  readonly pix_fmt?: string
  readonly width?: number
  readonly height?: number
  readonly sample_aspect_ratio?: string
  readonly r_frame_rate?: string
  readonly avg_frame_rate?: string
  readonly start_time?: string
  readonly duration?: string
  readonly bit_rate?: string
  readonly nb_frames?: string
  readonly sample_rate?: string
  readonly sample_fmt?: string
  readonly channels?: number
  readonly color_range?: string
  readonly color_space?: string
  readonly color_transfer?: string
  readonly color_primaries?: string
  readonly field_order?: string
  readonly channel_layout?: string
  readonly disposition?: Readonly<Record<string, number>>
  readonly tags?: Readonly<Record<string, string>>
  readonly side_data_list?: readonly SideData[]
}

interface SideData {
  readonly side_data_type?: string
  readonly rotation?: number
  /** Three rows of three fixed-point numbers, each row after its number and a colon. */
  readonly displaymatrix?: string
  readonly crop_top?: number
  readonly crop_bottom?: number
  readonly crop_left?: number
  readonly crop_right?: number
  readonly dv_profile?: number
  readonly dv_bl_signal_compatibility_id?: number
}

/** The first frame, if frames were asked for, may say how the picture is rotated. */
interface Probed extends ProbedFile {
  readonly frames?: readonly { readonly side_data_list?: readonly SideData[] }[]
}

const schema = Joi.object<Probed>({
  format: Joi.object({ format_name: Joi.string().required() }).unknown().required(),
  streams: Joi.array()
    .items(Joi.object({ index: Joi.number().required() }).unknown())
    .required(),
  programs: Joi.array().items(
    Joi.object({
      streams: Joi.array().items(Joi.object({ index: Joi.number().required() }).unknown()),
    }).unknown(),
  ),
}).unknown()

/** Adds the side data of the first frame to every stream. @throws AppError `unsupported-media` if nothing was found */
export function parseProbe(json: string): ProbedFile {
  const result: Joi.ValidationResult<Probed> = schema.validate(parseJson(json), { convert: false })
  if (result.error) throw new AppError('unsupported-media', 'The file is not a video, image or audio file.')
  const { format, streams, programs = [], frames } = result.value
  const ofFrame = frames?.[0]?.side_data_list ?? []
  return {
    format,
    programs,
    streams: ofFrame.length === 0 ? streams : streams.map((stream) => withSideData(stream, ofFrame)),
  }
}

function withSideData(stream: ProbedStream, more: readonly SideData[]): ProbedStream {
  return { ...stream, side_data_list: [...(stream.side_data_list ?? []), ...more] }
}

/** null: it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
