/** Other videos before or after the material, at its size and frame rate. */
export interface ConcatOperation {
  readonly type: 'concat'
  readonly videos: readonly ConcatVideo[]
  readonly position: 'after' | 'before'
  readonly transition: 'none' | 'crossfade'
  /** Seconds of a crossfade. */
  readonly transition_duration: number
  /** Of another shape: padded with `color`, padded with the picture itself, blurred, or cut to fill. */
  readonly fit: 'pad' | 'blur' | 'fill'
  readonly color: string
}

export interface ConcatVideo {
  readonly video_id: string
  /** Seconds of the video. */
  readonly start_time: number
  /** null: its end. */
  readonly end_time: number | null
}
