/** `npm run soak` sets it; the short form is part of `npm test`. */
const asked = process.env['SOAK_MINUTES']

export const MINUTES = Number(asked ?? 3)
if (!(MINUTES > 0)) throw new Error(`SOAK_MINUTES is a number of minutes, not ${asked}`)

/** Whether somebody asked for a run and waits for its report. */
export const IS_ASKED_FOR = asked !== undefined

const IS_SHORT = MINUTES < 10

/** In the short form each kind of victim has its turn. */
export const KILL_EVERY_MS = IS_SHORT ? 30_000 : 60_000
export const SAMPLE_EVERY_MS = IS_SHORT ? 2_000 : 10_000
/** A line now and then shows that a long run is alive. */
export const NEWS_EVERY_MS = 10 * 60_000

/** The number of clients that submit side by side. */
export const CLIENTS = 3
/** The pause between two actions of a client. */
export const PAUSE_MS = { min: 100, max: 1500 }

/**
 * Covers the load, the last jobs, housekeeping and the decoding of all films, which takes longer the more there are.
 */
export const TIMEOUT_MS = (MINUTES * 1.5 + 12) * 60_000
