/** Burns a file of subtitles into the picture. */
export interface SubtitlesOperation {
  readonly type: 'subtitles'
  /** Name of a subtitle asset. */
  readonly subtitles: string
  /** BCP 47 language tag: it chooses the font. */
  readonly language: string
  /** Seconds that every cue is shown later; negative: earlier. */
  readonly offset: number
  /** Seconds of the timeline in which cues are shown, [start_time, end_time). */
  readonly start_time: number
  /** null: until the end. */
  readonly end_time: number | null
  /** Of an ASS or SSA file: sets its text in the style below, not in the file's own. */
  readonly restyle: boolean
  /** Pixels of the font's em square; null: by the picture's size. */
  readonly font_size: number | null
  readonly font_color: string
  readonly bold: boolean
  readonly outline_color: string
  /** Pixels around the letters; null: by the font's size. */
  readonly outline_width: number | null
  /** Of a box behind each cue; null: none. */
  readonly box_color: string | null
  /** Where cues go that do not say it themselves. */
  readonly position: 'bottom' | 'top'
  /** Pixels from the picture's upper and lower edge; null: by the picture's height. */
  readonly margin: number | null
}
