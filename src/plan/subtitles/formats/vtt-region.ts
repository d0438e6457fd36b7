import type { CueRegion, Point } from '../cue.js'

/** Regions of more lines than any picture shows. */
const MAX_LINES = 100

/**
 * The region that a block of WebVTT describes (https://www.w3.org/TR/webvtt1/#region-settings); null: it has no
 * name. `scroll` says only how lines move up.
 */
export function parseRegion(lines: readonly string[]): CueRegion | null {
  const settings = new Map(
    lines
      .flatMap((line) => line.split(/\s+/))
      .flatMap((setting) => {
        const colon = setting.search(/[:=]/)
        return colon > 0 ? [[setting.slice(0, colon), setting.slice(colon + 1)] as const] : []
      }),
  )
  const id = settings.get('id')
  if (!id) return null
  const count = /^\d{1,9}$/.exec(settings.get('lines') ?? '')?.[0]
  return {
    id,
    width: percentage(settings.get('width') ?? '') ?? 100,
    lines: Math.min(MAX_LINES, Number(count ?? 3)),
    anchor: point(settings.get('regionanchor')) ?? { x: 0, y: 100 },
    viewport: point(settings.get('viewportanchor')) ?? { x: 0, y: 100 },
  }
}

/** A number from 0 to 100 with a per cent sign; null: something else. */
export function percentage(text: string): number | null {
  const number = /^\d{1,9}(?:\.\d{1,20})?%$/.test(text) ? Number.parseFloat(text) : NaN
  return number <= 100 ? number : null
}

function point(text: string | undefined): Point | null {
  const [x, y] = (text ?? '').split(',').map(percentage)
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null
}
