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
/** A line now and then says that a long run is alive. */
export const NEWS_EVERY_MS = 10 * 60_000

/** That submit side by side. */
export const CLIENTS = 3
/** Between what a client does and what it does next. */
export const PAUSE_MS = { min: 100, max: 1500 }

/** The load, and then: the last jobs, housekeeping, and decoding all films, which takes longer the more there are. */
export const TIMEOUT_MS = (MINUTES * 1.5 + 12) * 60_000
