import 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL server for the whole run; each test file makes its own database on it. */
    postgresUrl: string
    /** A Temporal server for the whole run; each test file uses task queues and ids of its own. */
    temporalAddress: string
  }
}
