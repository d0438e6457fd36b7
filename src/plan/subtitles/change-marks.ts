import type { FrameWindow } from '../frames/frame-window.js'
import { assFile, type AssStyle } from './ass-file.js'
import { frameTimes } from './frame-clock.js'

/** A window for which subtitles are shown. */
export interface Shown {
  readonly window: FrameWindow
  /** Whether it looks different in every frame. */
  readonly isAnimated: boolean
}

/** Pixels of the picture that marks are drawn on, as small as `mpdecimate` can compare. */
export const MARK_SIZE = { width: 32, height: 32 } as const

const GREYS = { A: '&H00555555', B: '&H00AAAAAA' } as const

/**
 * An ASS file that draws one plain grey for as long as what is shown does not change, then the other grey.
 * Where something is animated, it draws nothing. Thus a small picture tells when the large one has to be drawn
 * again, in a film of any length.
 */
export function changeMarks(shown: readonly Shown[], frameCount: number): string {
  const events = stillWindows(shown, frameCount).map(
    (window, index) => `Dialogue: 0,${frameTimes(window)},${index % 2 === 0 ? 'A' : 'B'},,0,0,0,,${FULL}`,
  )
  return assFile(MARK_SIZE, [greyStyle('A'), greyStyle('B')], events)
}

const FULL = String.raw`{\p1}m 0 0 l 32 0 32 32 0 32`

/** Windows in which all frames look the same, ascending. */
function stillWindows(shown: readonly Shown[], frameCount: number): FrameWindow[] {
  const changes = new Map<number, number>([
    [0, 0],
    [frameCount, 0],
  ])
  const change = (frame: number, animated: number) => {
    const at = Math.min(Math.max(0, frame), frameCount)
    changes.set(at, (changes.get(at) ?? 0) + animated)
  }
  for (const { window, isAnimated } of shown) {
    change(window.start, isAnimated ? 1 : 0)
    change(window.end, isAnimated ? -1 : 0)
  }
  const ascending = [...changes].sort(([a], [b]) => a - b)
  let animated = 0
  return ascending.flatMap(([start, by], index) => {
    animated += by
    const end = ascending[index + 1]?.[0]
    return animated > 0 || end === undefined ? [] : [{ start, end }]
  })
}

function greyStyle(name: keyof typeof GREYS): AssStyle {
  const color = GREYS[name]
  return {
    name,
    family: 'Noto Sans',
    lineHeight: 20,
    color,
    outlineColor: color,
    backColor: color,
    isBold: false,
    borderStyle: 1,
    outline: 0,
    shadow: 0,
    alignment: 7,
    marginX: 0,
    marginY: 0,
  }
}
