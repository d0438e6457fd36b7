import Joi from 'joi'
import type { TrackParameters } from '../../plan/model/facts.js'
import { parseJson } from '../probe/ffprobe-output.js'
import { PROBE_ALLOWLIST } from '../probe/probe.js'
import { runMediaProcess } from '../process/spawn-media.js'
import { readHexDump, readTakenIds } from './parameter-sets.js'

const MAX_OUTPUT_CHARS = 1024 * 1024

interface Printed {
  readonly streams: readonly { readonly level?: number; readonly extradata?: string }[]
}

const schema = Joi.object<Printed>({
  streams: Joi.array()
    .items(Joi.object({ level: Joi.number(), extradata: Joi.string() }).unknown())
    .required(),
}).unknown()

/** What re-encoded pictures must comply with to follow those of an H.264 track; null: it cannot be told. */
export async function readParameters(
  ffprobePath: string,
  path: string,
  streamIndex: number,
  signal: AbortSignal,
): Promise<TrackParameters | null> {
  let text = ''
  await runMediaProcess({
    command: ffprobePath,
    args: [
      ...['-v', 'error'],
      '-hide_banner',
      ...PROBE_ALLOWLIST,
      ...['-select_streams', String(streamIndex)],
      ...['-show_entries', 'stream=level,extradata'],
      '-show_data',
      ...['-print_format', 'json'],
      `file:${path}`,
    ],
    cwd: '/',
    signal,
    onStdout: (chunk) => {
      if (text.length < MAX_OUTPUT_CHARS) text += chunk.toString('latin1')
    },
  })
  const printed: Joi.ValidationResult<Printed> = schema.validate(parseJson(text))
  const { level = 0, extradata } = (printed.error ? undefined : printed.value.streams[0]) ?? {}
  const takenIds = extradata === undefined ? null : readTakenIds(readHexDump(extradata))
  return takenIds && level > 0 ? { level, takenIds } : null
}
