/** `npm run attack` sets them; the short form is part of `npm test`. */
const asked = process.env['ATTACK_MINUTES']

export const MINUTES = Number(asked ?? 1)
if (!(MINUTES > 0)) throw new Error(`ATTACK_MINUTES is a number of minutes, not ${asked}`)

/** Repeats the draws of an earlier run. */
export const SEED = Number(process.env['ATTACK_SEED'] ?? 20_261_130)

/** Whether somebody asked for a run and waits for its report. */
export const IS_ASKED_FOR = asked !== undefined

/** The number of attackers that send side by side, all of them as one owner. */
export const ATTACKERS = 4

/** How long the second owner is watched before anyone attacks. */
export const QUIET_MS = 30_000

/** The longest time that any request may take until its answer. */
export const MAX_ANSWER_MS = 60_000

/** Covers the quiet time, the attack, and the end of all jobs that it has left. */
export const TIMEOUT_MS = (MINUTES + 12) * 60_000
