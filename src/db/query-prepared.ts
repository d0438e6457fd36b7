import pg from 'pg'
import { BaseError, ConnectionError, DatabaseError, type Sequelize } from 'sequelize'

export interface PreparedStatement {
  /** Identifies the text: one name always has the same text. */
  readonly name: string
  /** With `$1`, `$2`, … for the values. */
  readonly text: string
}

/**
 * Runs a statement that each connection of the pool parses and plans once, and builds no models from its rows. For the
 * few statements that run hundreds of times a second. Fails with the errors of Sequelize's own queries.
 */
export async function queryPrepared<Row extends pg.QueryResultRow>(
  { connectionManager }: Sequelize,
  { name, text }: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const connection = await connect(connectionManager)
  try {
    const { rows } = await connection.query<Row>({ name, text, values: [...values] })
    connectionManager.releaseConnection(connection)
    return rows
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error instanceof pg.DatabaseError) connectionManager.releaseConnection(connection)
    // PostgreSQL did not answer, so closing the connection is not waited for either.
    else connectionManager.destroyConnection(connection).catch(() => undefined)
    throw new DatabaseError(Object.assign(error, { sql: text }))
  }
}

async function connect(connectionManager: Sequelize['connectionManager']): Promise<pg.Client> {
  const connection = await connectionManager.getConnection({ type: 'read' }).catch((error: unknown) => {
    // The pool does not wrap errors that occur after PostgreSQL has answered, while the session is being set up.
    throw error instanceof Error && !(error instanceof BaseError) ? new ConnectionError(error) : error
  })
  if (connection instanceof pg.Client) return connection
  throw new Error('the pool has no connections of pg')
}
