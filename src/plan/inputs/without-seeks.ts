import type { PassInput, PassWork } from '../model/plan.js'

/**
 * The same work with every picture decoded from its start: frames are chosen by the clock of the file, not by the seek.
 * null: nothing is sought, or the plan is of an older version, in which the seek counts.
 */
export function withoutSeeks<Work extends Pick<PassWork, 'inputs'>>(work: Work): Work | null {
  if (!work.inputs.some(isSought)) return null
  return { ...work, inputs: work.inputs.map((input) => (isSought(input) ? { ...input, seekSec: 0 } : input)) }
}

function isSought({ seekSec, clock }: PassInput): boolean {
  return seekSec > 0 && clock === 'file'
}
