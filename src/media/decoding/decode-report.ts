import type { DecodeCounts } from '../../jobs/decode-tally.js'
import { readComplaint } from './complaints.js'

export interface StreamReport extends DecodeCounts {
  /** Index of the file among the inputs. */
  readonly input: number
}

export interface DecodeReport {
  readonly streams: readonly StreamReport[]
  /** Of damage, whether it can be counted or not. */
  readonly complaints: number
  /** Frames that the n-th filter of the graph has shown again, by n. */
  readonly repeats: ReadonlyMap<number, number>
  /** A picture's size or pixel format is not always the same. */
  readonly hasChanges: boolean
}

/** As ffmpeg prints it at the end, at the level `verbose`. */
const STREAM_TOTALS =
  /Input stream #(\d+):(\d+) \((video|audio)\): (\d+) packets read .*?; (\d+) frames decoded/

/** What the filter `fps` prints at its end. */
const REPEATS = /^\[Parsed_fps_(\d+) @.* frames dropped, (\d+) frames duplicated/

const CHANGES = /Changing video frame properties on the fly/

const TAIL_LINES = 100

/** Reads ffmpeg's stderr, line by line; `tail` is its end for people, without what is only counted. */
export function createDecodeReader() {
  let complaints = 0
  /** By `packet 0:1` and `frame 0:1`. */
  const counts = new Map<string, number>()
  const totals: RegExpExecArray[] = []
  const repeats = new Map<number, number>()
  const tail: string[] = []
  let hasChanges = false

  const readLine = (line: string): void => {
    const complaint = readComplaint(line)
    if (complaint) complaints += 1
    if (complaint && complaint.of !== 'file') {
      const key = `${complaint.of} ${complaint.input}:${complaint.stream}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const total = STREAM_TOTALS.exec(line)
    if (total) totals.push(total)
    const repeat = REPEATS.exec(line)
    if (repeat)
      repeats.set(Number(repeat[1]), Math.max(repeats.get(Number(repeat[1])) ?? 0, Number(repeat[2])))
    hasChanges ||= CHANGES.test(line)
    if (/\[(verbose|info)\]/.test(line)) return
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
    ...{ input, stream, packets, decoded, type: total[3] === 'video' ? 'video' : 'audio' },
    failed: counts.get(`packet ${place}`) ?? 0,
    corrupt: counts.get(`frame ${place}`) ?? 0,
  }
}
