/** What the initialisation segment of a track says of it. */
export interface TrackHeader {
  /** The codec by RFC 6381, e.g. `hvc1.1.6.L60.90`. */
  readonly codecs: string
  /** null: the track has no colours, or does not say. */
  readonly colour: CodePoints | null
}

/** Colours by the code points of ITU-T H.273. */
export interface CodePoints {
  readonly primaries: number
  readonly transfer: number
  readonly matrix: number
  readonly isFullRange: boolean
}

/** Transfer functions of high dynamic range. */
export const PQ_TRANSFER = 16
export const HLG_TRANSFER = 18
