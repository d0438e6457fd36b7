/** The long form is `npm run test:faults`; the short one is part of `npm test`. */
const IS_LONG = process.env['FAULTS_FORM'] === 'long'

/** This number decides everything that a run draws. It is printed, and can be set to repeat a run. */
export const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000)

export const inForm = <T>(short: T, long: T): T => (IS_LONG ? long : short)
