/** The long form is `npm run test:faults`; the short one is part of `npm test`. */
const IS_LONG = process.env['FAULTS_FORM'] === 'long'

/** One number decides what a run draws. Printed, and set by hand to draw the same again. */
export const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000)

export const inForm = <T>(short: T, long: T): T => (IS_LONG ? long : short)
