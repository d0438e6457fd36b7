/** How the decoding of sources went, in one pass or in several. Plain data, saved as JSON. */
export interface DecodeTally {
  readonly streams: readonly StreamTally[]
  /** Of damage, whether it can be counted or not. */
  readonly complaints: number
  /** A picture's size or pixel format is not always the same. */
  readonly hasChanges: boolean
}

export interface StreamTally extends DecodeCounts {
  /** Storage key of the source. */
  readonly key: string
  /** Frames that were shown again in the places of others. */
  readonly repeated: number
}

/** How the decoding of a stream went. */
export interface DecodeCounts {
  /** Index of the stream in its file. */
  readonly stream: number
  readonly type: 'video' | 'audio'
  readonly packets: number
  /** Frames that the decoder gave out, those with faults among them. */
  readonly decoded: number
  /** Packets that the decoder refused. */
  readonly failed: number
  /** Frames with parts that the decoder made up. */
  readonly corrupt: number
}

/** What was decoded in parts, as if it had been decoded in one piece. */
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
