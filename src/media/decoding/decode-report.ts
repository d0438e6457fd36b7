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
  /** The size of a picture changes. */
  readonly hasChanges: boolean
  /** The bit depth, the colour sampling or the tags of a picture change, and its size does not. */
  readonly hasFormChanges: boolean
}

/** Printed per stream at the end, at the level `verbose`. */
const STREAM_TOTALS =
  /^ *Input stream #(\d+):(\d+) \((video|audio)\): (\d+) packets read [^;]*; (\d+) frames decoded/

/** Printed by the filter `fps` at its end. */
const FPS_FILTER = /^Parsed_fps_(\d+)$/
const REPEATS = / frames dropped, (\d+) frames duplicated/

/** Beside each warning of `CHANGES`, up to 6.1 before it and for each frame, since 7.0 after it and once. */
const CHANGED_FROM_TO = /^filter context - w: (\d+) h: (\d+) .*incoming frame - w: (\d+) h: (\d+) /
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
  const changes = createChangeReader()

  const readLine = (line: string): void => {
    const own = readLogLine(line)
    if (own) changes.read(own.text)
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
    if (own.level === 'verbose') return
    tail.push(line)
    if (tail.length > TAIL_LINES) tail.shift()
  }

  const report = (): DecodeReport => ({
    streams: totals.map((total) => toStream(total, counts)),
    complaints,
    repeats,
    ...changes.found(),
  })
  return { readLine, report, tail: () => tail.join('\n') }
}

/** What changes in the pictures on the way. A change of which ffmpeg says no more is taken for one of the size. */
function createChangeReader() {
  const seen = { change: false, ofSize: false, ofForm: false }
  return {
    read: (text: string): void => {
      const [, width, height, newWidth, newHeight] = CHANGED_FROM_TO.exec(text) ?? []
      if (width !== undefined) seen[width === newWidth && height === newHeight ? 'ofForm' : 'ofSize'] = true
      seen.change ||= CHANGES.test(text)
    },
    found: () => ({
      hasChanges: seen.ofSize || (seen.change && !seen.ofForm),
      hasFormChanges: seen.ofForm,
    }),
  }
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
