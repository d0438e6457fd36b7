import { LIMITS } from '../edit/limits.js'
import type { FieldIssue } from '../errors.js'
import type { PassWork } from './model/plan.js'

interface Holder {
  readonly pass: Pick<PassWork, 'sideFiles'>
}

export const TOO_MUCH_TEXT: FieldIssue = {
  pointer: '/operations',
  message:
    `give more than ${LIMITS.planChars} characters of text in all renditions: ` +
    'use shorter texts or subtitles, or ask for fewer renditions in one edit',
}

/**
 * Collects passes while the texts that they hold for ffmpeg are no more than a plan may hold: it is stored, and each pass
 * loads it. null: they are more. Passes are made one after another, so that no more are made than that takes.
 */
export function collectWithin<Made extends Holder>(made: Iterable<Made>): Made[] | null {
  const collected: Made[] = []
  let chars = 0
  for (const one of made) {
    collected.push(one)
    chars += one.pass.sideFiles.reduce((sum, { contents }) => sum + contents.length, 0)
    if (chars > LIMITS.planChars) return null
  }
  return collected
}

/** The same for what is compiled from a list. */
export function compileWithin<From, Made extends Holder>(
  given: readonly From[],
  compile: (one: From) => Made,
): Made[] | null {
  function* made(): Iterable<Made> {
    for (const one of given) yield compile(one)
  }
  return collectWithin(made())
}
