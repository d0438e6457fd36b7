import type { Changes } from '../../src/jobs/ports/changes.js'

/** NOT PostgreSQL: for tests in which nothing is followed. It tells nobody anything. */
export const NO_CHANGES: Changes = {
  followEvents: () => () => undefined,
  followJob: () => () => undefined,
}
