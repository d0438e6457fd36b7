import type { Cue } from '../subtitles/cue.js'
import type { TimeStep } from './time-steps.js'

/** Nobody reads what is left of a cue for less than this. Shorter cues stay whole or go. */
const LEAST_REST_MS = 100

/** Parts of a cue that follow each other within this are one: times of frames are rounded. */
const TOUCHING_MS = 2

interface Part {
  readonly cue: Cue
  readonly startMs: number
  readonly endMs: number
}

/**
 * The cues at their places after an edit: those of removed frames are gone, and one that is cut in its middle goes on
 * where the frames go on. In the order in which they are shown.
 */
export function moveCues(cues: readonly Cue[], steps: readonly TimeStep[], durationMs: number): Cue[] {
  const parts = cues.flatMap((cue) => {
    const whole: Part = { cue, startMs: cue.startMs, endMs: cue.endMs }
    const moved = steps.reduce((some, step) => some.flatMap((part) => movePart(part, step)), [whole])
    const within = moved.map((part) => {
      return { ...part, startMs: Math.max(0, part.startMs), endMs: Math.min(durationMs, part.endMs) }
    })
    const least = Math.min(LEAST_REST_MS, (cue.endMs - cue.startMs) / 2)
    return mergeTouching(within).filter(({ startMs, endMs }) => endMs - startMs >= least)
  })
  return parts
    .map(({ cue, startMs, endMs }) => ({ ...cue, startMs: Math.round(startMs), endMs: Math.round(endMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs)
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
}

function movePart(part: Part, step: TimeStep): Part[] {
  return step.flatMap(({ fromSec, untilSec, atSec, factor }) => {
    const startMs = Math.max(part.startMs, fromSec * 1000)
    const endMs = Math.min(part.endMs, untilSec * 1000)
    if (endMs <= startMs) return []
    const move = (ms: number) => atSec * 1000 + (ms - fromSec * 1000) / factor
    return [{ ...part, startMs: move(startMs), endMs: move(endMs) }]
  })
}

/** Parts of one cue. */
function mergeTouching(parts: readonly Part[]): Part[] {
  const merged: Part[] = []
  for (const part of [...parts].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1)
    if (last && part.startMs <= last.endMs + TOUCHING_MS) {
      merged[merged.length - 1] = { ...last, endMs: Math.max(last.endMs, part.endMs) }
    } else merged.push(part)
  }
  return merged
}
