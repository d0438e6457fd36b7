/** A failure with a message for the user that says how to go on. */
export class SetupError extends Error {}

/**
 * What an error says, whatever was thrown.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/**
 * The code of a system error, e.g. `ENOENT`.
 * @param {unknown} error
 * @returns {string | undefined} undefined when it has none
 */
export function codeOf(error) {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string'
  return hasCode ? String(error.code) : undefined
}
