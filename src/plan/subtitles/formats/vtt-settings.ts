import { runsFromRight } from '../../text/text-direction.js'
import type { CueLine, CuePosition, CueRegion } from '../cue.js'
import { percentage } from './vtt-region.js'

type Align = 'start' | 'center' | 'end' | 'left' | 'right'

/** The settings of a cue as they are written; null: none, or one that the standard ignores. */
interface Settings {
  readonly writing: CuePosition['writing']
  readonly align: Align
  readonly size: number
  readonly position: number | null
  readonly positionAlign: 'line-left' | 'center' | 'line-right' | null
  readonly line: CueLine | null
}

const ALIGNS: Readonly<Record<string, Align>> = {
  start: 'start',
  center: 'center',
  // As the draft of 2010 had it, which many files follow.
  middle: 'center',
  end: 'end',
  left: 'left',
  right: 'right',
}

const WRITINGS: Readonly<Record<string, CuePosition['writing']>> = { rl: 'vertical-rl', lr: 'vertical-lr' }

/**
 * The position that the settings of a WebVTT cue ask for (https://www.w3.org/TR/webvtt1/#processing-cue-settings).
 * A setting that is not as the standard wants it counts for nothing.
 */
export function positionOfSettings(
  text: string,
  cueText: string,
  regions: ReadonlyMap<string, CueRegion>,
): CuePosition {
  const settings = readSettings(text, regions)
  const isRtl = runsFromRight(cueText.replace(/<[^<>]*>/g, ''))
  const { writing, align, line } = settings
  return { writing, box: boxOf(settings, isRtl), align: sideOf(align, isRtl), line }
}

function readSettings(text: string, regions: ReadonlyMap<string, CueRegion>): Settings {
  const given = new Map(
    text.split(/\s+/).flatMap((setting) => {
      const colon = setting.indexOf(':')
      return colon > 0 && colon < setting.length - 1
        ? [[setting.slice(0, colon), setting.slice(colon + 1)] as const]
        : []
    }),
  )
  const [position = '', positionAlign = null] = (given.get('position') ?? '').split(',')
  const writing = WRITINGS[given.get('vertical') ?? ''] ?? 'horizontal'
  const line = lineOf(given.get('line') ?? '')
  const region = regions.get(given.get('region') ?? '')
  return {
    writing,
    align: ALIGNS[given.get('align') ?? ''] ?? 'center',
    size: percentage(given.get('size') ?? '') ?? 100,
    position: percentage(position),
    positionAlign: positionAlignOf(positionAlign),
    // A cue that has a line of its own, or runs downwards, is in no region.
    line: line ?? (region && writing === 'horizontal' ? { by: 'region', region } : null),
  }
}

/** `line-left` was `start`, and `line-right` was `end`, before 2015. */
function positionAlignOf(text: string | null): Settings['positionAlign'] {
  if (text === 'line-left' || text === 'start') return 'line-left'
  if (text === 'line-right' || text === 'end') return 'line-right'
  return text === 'center' || text === 'middle' ? 'center' : null
}

function lineOf(text: string): CueLine | null {
  const [offset = '', anchor = 'start'] = text.split(',')
  if (anchor !== 'start' && anchor !== 'center' && anchor !== 'end') return null
  const percent = percentage(offset)
  if (percent !== null) return { by: 'percent', percent, anchor }
  return /^-?\d{1,6}(?:\.\d{1,20})?$/.test(offset)
    ? { by: 'lines', line: Math.floor(Number(offset) + 0.5) }
    : null
}

/** The box along its lines: as long as asked for, but never beyond the picture. */
function boxOf({ align, size, position, positionAlign }: Settings, isRtl: boolean): CuePosition['box'] {
  const at = position ?? (align === 'left' ? 0 : align === 'right' ? 100 : 50)
  const side = sideOf(align, isRtl)
  switch (positionAlign ?? (side === 'left' ? 'line-left' : side === 'right' ? 'line-right' : 'center')) {
    case 'line-left':
      return { from: at, size: Math.min(size, 100 - at) }
    case 'line-right':
      return { from: at - Math.min(size, at), size: Math.min(size, at) }
    case 'center': {
      const most = Math.min(size, 2 * Math.min(at, 100 - at))
      return { from: at - most / 2, size: most }
    }
  }
}

function sideOf(align: Align, isRtl: boolean): CuePosition['align'] {
  if (align === 'start') return isRtl ? 'right' : 'left'
  if (align === 'end') return isRtl ? 'left' : 'right'
  return align
}
