/** What a preset may set: the fields of `SubtitlesOperation`. */
interface Look {
  readonly font_scale: number
  readonly highlight_color: string | null
  readonly bold: boolean
  readonly outline_width: number | null
  readonly box_color: string | null
  readonly position: 'bottom' | 'top' | 'center'
  readonly max_words: number | null
  readonly max_chars: number | null
}

export const SUBTITLE_PRESETS = ['classic', 'box', 'spoken-word', 'bold-center'] as const

export type SubtitlePreset = (typeof SUBTITLE_PRESETS)[number]

/** The look of subtitles without a preset. */
const CLASSIC: Look = {
  font_scale: 1,
  highlight_color: null,
  bold: false,
  outline_width: null,
  box_color: null,
  position: 'bottom',
  max_words: null,
  max_chars: null,
}

const LOOKS: Readonly<Record<SubtitlePreset, Look>> = {
  classic: CLASSIC,
  box: { ...CLASSIC, box_color: '#000000b3', outline_width: 0 },
  'spoken-word': { ...CLASSIC, bold: true, font_scale: 1.2, highlight_color: '#ffd400' },
  'bold-center': {
    ...CLASSIC,
    bold: true,
    font_scale: 2,
    highlight_color: '#ffd400',
    position: 'center',
    max_words: 3,
    max_chars: 18,
  },
}

export const PRESET_NOTES: Readonly<Record<SubtitlePreset, string>> = {
  classic: 'white letters with a black outline at the bottom, as without a preset',
  box: 'white letters on a dark box that shows the picture through',
  'spoken-word': 'bold letters at the bottom, a fifth larger, and the word that is spoken in yellow',
  'bold-center':
    'for short upright films: bold letters of twice the size in the middle, up to 3 words at a time, and the word that ' +
    'is spoken in yellow',
}

/** The default of a field for joi: by the preset of the operation. */
export function byPreset<Name extends keyof Look>(
  name: Name,
): (operation: { readonly preset?: unknown }) => Look[Name] {
  return ({ preset }) =>
    (SUBTITLE_PRESETS.find((known) => known === preset) ? LOOKS[preset as SubtitlePreset] : CLASSIC)[name]
}
