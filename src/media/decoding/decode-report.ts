import type { DecodeCounts } from '../../jobs/decode-tally.js'
import { EXITING } from '../process/classify-exit.js'
import { readLogLine } from '../process/log-line.js'
import { readComplaint } from './complaints.js'

export interface StreamReport extends DecodeCounts {
  /** Index of the file among the inputs. */
  readonly input: number
}

export interface DecodeReport {
  readonly streams: readonly StreamReport[]
  /** Number of complaints about damage, including those that name no stream. */
  readonly complaints: number
  /** Number of frames that the n-th filter of the graph has repeated, by n. */
  readonly repeats: ReadonlyMap<number, number>
  /** The size or pixel format of a picture changes. */
  readonly hasChanges: boolean
}

/** Printed per stream at the end, at the level `verbose`. */
const STREAM_TOTALS =
  /^ *Input stream #(\d+):(\d+) \((video|audio)\): (\d+) packets read [^;]*; (\d+) frames decoded/

/** Printed by the filter `fps` at its end. */
const FPS_FILTER = /^Parsed_fps_(\d+)$/
const REPEATS = / frames dropped, (\d+) frames duplicated/

const CHANGES = /^Changing video frame properties on the fly/

const TAIL_LINES = 100

/** Reads ffmpeg's stderr line by line. `tail` returns its end for people, without the lines that are only counted. */
export function createDecodeReader() {
  let complaints = 0
  /** Complaints by `packet 0:1` or `frame 0:1`: input and stream. */
  const counts = new Map<string, number>()
  const totals: RegExpExecArray[] = []
  const repeats = new Map<number, number>()
  const tail: string[] = []
  let hasChanges = false

  const readLine = (line: string): void => {
    const own = readLogLine(line)
    // Tags of a file are shown at `info` and go on in lines without a level.
    if (!own || (own.level === 'info' && !EXITING.test(own.text))) return
    const complaint = readComplaint(line)
    if (complaint) complaints += 1
    if (complaint && complaint.of !== 'file') {
      const key = `${complaint.of} ${complaint.input}:${complaint.stream}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const total = STREAM_TOTALS.exec(own.text)
    if (total) totals.push(total)
    const filter = Number(FPS_FILTER.exec(own.context)?.[1] ?? NaN)
    const repeated = Number(REPEATS.exec(own.text)?.[1] ?? NaN)
    if (filter >= 0 && repeated >= 0) repeats.set(filter, Math.max(repeats.get(filter) ?? 0, repeated))
    hasChanges ||= CHANGES.test(own.text)
    if (own.level === 'verbose') return
    tail.push(line)
    if (tail.length > TAIL_LINES) tail.shift()
  }

  const report = (): DecodeReport => ({
    streams: totals.map((total) => toStream(total, counts)),
    complaints,
    repeats,
    hasChanges,
  })
  return { readLine, report, tail: () => tail.join('\n') }
}

function toStream(total: RegExpExecArray, counts: ReadonlyMap<string, number>): StreamReport {
  const [input = 0, stream = 0, , packets = 0, decoded = 0] = total.slice(1).map(Number)
  const place = `${input}:${stream}`
  return {
    input,
    stream,
    packets,
    decoded,
    type: total[3] === 'video' ? 'video' : 'audio',
    failed: counts.get(`packet ${place}`) ?? 0,
    corrupt: counts.get(`frame ${place}`) ?? 0,
  }
}
