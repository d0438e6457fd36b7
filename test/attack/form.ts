/** `npm run attack` and CI set them; `npm test` has the shortest form. */
const chosen = process.env['ATTACK_MINUTES']

export const MINUTES = Number(chosen ?? 1)
if (!(MINUTES > 0)) throw new Error(`ATTACK_MINUTES is a number of minutes, not ${chosen}`)

/** Repeats the draws of an earlier run. */
export const SEED = Number(process.env['ATTACK_SEED'] ?? 20_261_130)

/** `npm run attack`: somebody waits for the report, and nothing else runs on the machine. */
export const IS_ASKED_FOR = process.env['ATTACK_REPORT'] === '1'

/** The number of attackers that send side by side, all of them as one owner. */
export const ATTACKERS = 4

/** How long the second owner is watched before anyone attacks. */
export const QUIET_MS = 30_000

/** The longest time that any request may take until its answer. */
export const MAX_ANSWER_MS = 60_000

/** Covers the quiet time, the attack, and the end of all jobs that it has left. */
export const TIMEOUT_MS = (MINUTES + 12) * 60_000
