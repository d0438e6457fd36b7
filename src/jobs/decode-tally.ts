/** Result of decoding the sources, in one pass or in several. Plain data, saved as JSON. */
export interface DecodeTally {
  readonly streams: readonly StreamTally[]
  /** Number of ffmpeg's messages about damage, also about damage that no count covers. */
  readonly complaints: number
  /** The size of the picture changes within a stream. */
  readonly hasChanges: boolean
  /** Only its bit depth, colour sampling or tags do. Absent: they do not, or an older version has decoded it. */
  readonly hasFormChanges?: boolean
}

export interface StreamTally extends DecodeCounts {
  /** Storage key of the source. */
  readonly key: string
  /** Frames that were shown again in place of missing ones. */
  readonly repeated: number
}

/** Counts of decoding one stream. */
export interface DecodeCounts {
  /** Index of the stream in its file. */
  readonly stream: number
  readonly type: 'video' | 'audio'
  readonly packets: number
  /** Frames that the decoder returned, including faulty ones. */
  readonly decoded: number
  /** Packets that the decoder refused. */
  readonly failed: number
  /** Frames with areas that the decoder had to conceal. */
  readonly corrupt: number
}

/** Adds up the tallies of passes that each decoded a part, as if one pass had decoded everything. */
export function mergeTallies(tallies: readonly DecodeTally[]): DecodeTally {
  const streams = new Map<string, StreamTally>()
  for (const tally of tallies.flatMap((one) => one.streams)) {
    const place = `${tally.key} ${tally.stream}`
    const known = streams.get(place)
    streams.set(place, known ? add(known, tally) : tally)
  }
  return {
    streams: [...streams.values()],
    complaints: tallies.reduce((sum, { complaints }) => sum + complaints, 0),
    hasChanges: tallies.some(({ hasChanges }) => hasChanges),
    hasFormChanges: tallies.some(({ hasFormChanges }) => hasFormChanges),
  }
}

function add(a: StreamTally, b: StreamTally): StreamTally {
  return {
    ...a,
    packets: a.packets + b.packets,
    decoded: a.decoded + b.decoded,
    failed: a.failed + b.failed,
    corrupt: a.corrupt + b.corrupt,
    repeated: a.repeated + b.repeated,
  }
}
