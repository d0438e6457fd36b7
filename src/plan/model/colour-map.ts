/** How a picture's RGB samples relate to light. */
export interface Colours {
  /** ffmpeg's name for the code point of ITU-T H.273, or `adobe-rgb` or `prophoto-rgb`. */
  readonly primaries: string
  /** ffmpeg's name, or `gamma` with an exponent: `gamma1.8`. */
  readonly transfer: string
}

/** A conversion of colours, as data: the table of its samples is large, so it is computed where it is used. */
export interface ColourMap {
  readonly from: Colours
  readonly to: Colours
  /** The brightest that a picture in PQ gets, in cd/m². Absent for others. */
  readonly peakNits?: number
}

/** A table in the work folder that the filter `lut3d` reads. */
export interface ColourTable {
  readonly name: string
  readonly map: ColourMap
}
