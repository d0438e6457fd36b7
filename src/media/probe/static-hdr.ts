import Joi from 'joi'
import type { LightLevel, MasteringDisplay, StaticHdr, VideoFacts } from '../../plan/model/facts.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { parseJson } from './ffprobe-output.js'
import { PROBE_ALLOWLIST } from './probe.js'

/** Side data of a frame by ffprobe's names. Fractions come as text. */
interface SideData {
  readonly side_data_type?: string
  readonly max_content?: number
  readonly max_average?: number
  readonly [field: string]: string | number | undefined
}

interface Probed {
  readonly frames: readonly { readonly side_data_list?: readonly SideData[] }[]
}

const schema = Joi.object<Probed>({
  frames: Joi.array()
    .items(Joi.object({ side_data_list: Joi.array().items(Joi.object().unknown()) }).unknown())
    .required(),
}).unknown()

/**
 * Reads what the first frame of a picture in PQ says of the display that it was made for: in most files it is coded in
 * the picture, and the header does not have it. null: it says nothing, or cannot be read.
 */
export async function readStaticHdr(
  ffprobePath: string,
  path: string,
  { index }: VideoFacts,
  signal: AbortSignal,
): Promise<StaticHdr | null> {
  const chunks: Buffer[] = []
  const exit = await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'error'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...['-select_streams', String(index), '-read_intervals', '%+#1', '-show_frames'],
      ...['-show_entries', 'frame=side_data_list', '-print_format', 'json'],
      `file:${path}`,
    ],
    cwd: '/',
    signal,
    onStdout: (chunk) => chunks.push(chunk),
  })
  return exit.code === 0 ? staticHdr(Buffer.concat(chunks).toString('utf8')) : null
}

/** @param json ffprobe's answer */
export function staticHdr(json: string): StaticHdr | null {
  const result: Joi.ValidationResult<Probed> = schema.validate(parseJson(json), { convert: false })
  if (result.error) return null
  const sideData = result.value.frames.flatMap(({ side_data_list: list }) => list ?? [])
  const of = (type: string) => sideData.find(({ side_data_type: name }) => name === type)
  const mastering = masteringDisplay(of('Mastering display metadata'))
  const light = lightLevel(of('Content light level metadata'))
  const isDynamic = sideData.some(({ side_data_type: type }) => type?.includes('SMPTE2094-40') ?? false)
  return mastering || light || isDynamic ? { mastering, light, ...(isDynamic ? { isDynamic } : {}) } : null
}

function masteringDisplay(data: SideData | undefined): MasteringDisplay | null {
  if (!data) return null
  const point = (name: string) => [fraction(data[`${name}_x`]), fraction(data[`${name}_y`])] as const
  const found = {
    red: point('red'),
    green: point('green'),
    blue: point('blue'),
    white: point('white_point'),
    minNits: fraction(data['min_luminance']),
    maxNits: fraction(data['max_luminance']),
  }
  // A display without light, or with parts of it missing, says nothing.
  return Object.values(found).flat().every(Number.isFinite) && found.maxNits > 0 ? found : null
}

function lightLevel(data: SideData | undefined): LightLevel | null {
  const { max_content: maxCll = 0, max_average: maxFall = 0 } = data ?? {}
  return maxCll > 0 || maxFall > 0 ? { maxCll, maxFall } : null
}

/** `34000/50000`; NaN: there is none. */
function fraction(value: string | number | undefined): number {
  const [num = NaN, den = 1] = String(value).split('/').map(Number)
  return num / den
}
