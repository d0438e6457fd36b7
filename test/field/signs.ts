import { expect } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { lavfi } from '../support/lavfi.js'
import { compile, type EditFiles, type Studio } from '../support/render.js'
import { readSigns } from './support.js'

const SYNC_SEC = 0.02

/** The inputs of a film whose frames all differ, and which has a flash and a tone at each second, at once. */
export function flashingFrames(rate: number | string, seconds: number, size = '160x90'): string[] {
  const dark = '16+mod(X+2*N,64)'
  const flash = `if(lt(mod(T+0.001,1),0.2),160+${dark},${dark})`
  return [
    ...lavfi(`nullsrc=s=${size}:r=${rate}:d=${seconds},geq=lum='${flash}':cb=128:cr=128`),
    ...lavfi(`aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(2*PI*500*t),0)':s=48000:d=${seconds}`),
  ]
}

interface Wanted {
  readonly rate: number
  readonly frames: number
  /** Frames that differ from the one before; absent: all. */
  readonly changes?: number
  /** The seconds that a flash and a tone are at. */
  readonly seconds: readonly number[]
  /** Codes of warnings, but for those of sound that is not there. */
  readonly codes?: readonly string[]
}

/** Renders an edit and checks each frame, flash and tone of the result, and what is told. */
export async function expectSigns(
  studio: Studio,
  { files, operations = [] }: { readonly files: EditFiles; readonly operations?: readonly Operation[] },
  { rate, frames, changes = frames, seconds, codes = [] }: Wanted,
): Promise<void> {
  const { warnings } = compile({ operations, output: null }, await studio.survey(files))
  const file = await studio.render(operations, files)
  const signs = await readSigns(file.path, rate)
  const { num, den } = file.facts.video?.frameRate ?? { num: 0, den: 1 }
  expect([num / den, signs.frames, signs.changes]).toEqual([rate, frames, changes])
  const told = [...warnings, ...file.warnings].map(({ code }) => code).filter((code) => code !== 'no-audio')
  expect(told).toEqual(codes)
  for (const found of [signs.flashes, signs.tones]) {
    expect(found.map(Math.round)).toEqual(seconds)
    for (const [index, sec] of seconds.entries()) {
      expect(Math.abs((found[index] ?? NaN) - sec)).toBeLessThanOrEqual(SYNC_SEC)
    }
  }
}

/** The seconds from 0 until a moment. */
export function secondsUntil(end: number): number[] {
  return Array.from({ length: end }, (_, sec) => sec)
}
