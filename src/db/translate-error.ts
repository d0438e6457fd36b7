import { BaseError, ConnectionError, DatabaseError } from 'sequelize'
import { AppError } from '../errors.js'

/**
 * SQLSTATEs that mean "not now" rather than "wrong": connection lost, out of resources, shutdown or timeout,
 * system error; then a standby after a failover, a serialisation failure, a deadlock, a lock timeout.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const UNAVAILABLE = /^(08|53|57|58)...$|^(25006|25P03|40001|40P01|55P03)$/
/** Text that PostgreSQL cannot hold (U+0000, half a surrogate pair), or more than it can hold. */
const UNSTORABLE = /^(22021|22P05|54...)$/
/** Names of operating system errors. EPIPE also looks like an SQLSTATE, but no such class exists. */
const SYSTEM_ERROR = /^E[A-Z]+$/

/** Returns what callers outside src/db see of a failure: an AppError where one fits, otherwise the error itself. */
export function translateError(error: unknown): unknown {
  if (!(error instanceof BaseError)) return translateWrapped(error)
  const code = error instanceof DatabaseError ? codeOf(error.parent) : null
  const isLost = error instanceof DatabaseError && (code === null || SYSTEM_ERROR.test(code))
  if (error instanceof ConnectionError || isLost || (code !== null && UNAVAILABLE.test(code))) {
    return new AppError('db-unavailable', 'PostgreSQL is not available.', { cause: error })
  }
  if (code !== null && UNSTORABLE.test(code)) {
    return new AppError('request-invalid', 'The request contains text that cannot be stored.', {
      cause: error,
    })
  }
  return error
}

/** umzug wraps the failure of a migration in its own error, which names the migration. */
function translateWrapped(error: unknown): unknown {
  if (!(error instanceof Error && error.cause instanceof BaseError)) return error
  const translated = translateError(error.cause)
  return translated instanceof AppError ? translated : error
}

/** PostgreSQL's errors always have an SQLSTATE; pg's error for a lost connection often has no code. */
function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}
