import { expect } from 'vitest'
import type { Rgb } from '../frames.js'
import { compile, type Studio } from '../render.js'
import { patchesOf } from './patches.js'

export const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '1'] as const

/** Tags of an encoder by ffmpeg's names; null: none. */
export function tags(matrix: string | null, primaries: string | null, transfer: string | null, range = 'tv') {
  return [
    ...(matrix === null ? [] : ['-colorspace', matrix]),
    ...(primaries === null ? [] : ['-color_primaries', primaries]),
    ...(transfer === null ? [] : ['-color_trc', transfer]),
    ...['-color_range', range],
  ]
}

/** Arguments of x265 without loss. */
export function x265(matrix: string, primaries: string, transfer: string, more = ''): string[] {
  const coding = `colormatrix=${matrix}:colorprim=${primaries}:transfer=${transfer}${more}`
  return [
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-tag:v',
    'hvc1',
    '-x265-params',
    `log-level=error:lossless=1:${coding}`,
  ]
}

/** The codes of the warnings of an edit that changes nothing. */
export async function warningsOf(studio: Studio, video: string): Promise<string[]> {
  const { warnings } = compile({ operations: [], output: null }, await studio.survey({ video }))
  return warnings.map(({ code }) => code).filter((code) => code !== 'no-audio')
}

/** The colours of the patches after an edit that changes nothing. */
export async function convert(studio: Studio, video: string, count: number): Promise<Rgb[]> {
  const [file] = await studio.renderEdit({ operations: [], output: null }, { video })
  return patchesOf(file?.path ?? '', count)
}

export function expectNear(found: readonly Rgb[], wanted: readonly Rgb[], tolerance = 3): void {
  const isNear = wanted.every((colour, index) =>
    colour.every((value, channel) => Math.abs(value - (found[index]?.[channel] ?? NaN)) <= tolerance),
  )
  if (!isNear) expect(found).toEqual(wanted)
}
