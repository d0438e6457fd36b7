import pg from 'pg'
import type { Platform } from '../../e2e/support/platform.js'
import { until } from '../../support/until.js'

const LOCK = 20_261_130

const HOLD = `
CREATE FUNCTION hold_end() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM pg_advisory_xact_lock(${LOCK}); RETURN NEW; END';
CREATE TRIGGER hold_end BEFORE UPDATE ON jobs FOR EACH ROW WHEN (NEW.status = 'completed') EXECUTE FUNCTION hold_end()`

/** Holds whoever writes that a job is completed. */
export async function holdEnds({ services }: Platform) {
  const client = new pg.Client({ connectionString: services.databaseUrl })
  // A platform that stops while a test fails ends the connection.
  client.on('error', () => {})
  await client.connect()
  await client.query(HOLD)
  await client.query(`SELECT pg_advisory_lock(${LOCK})`)
  const areWaiting = async () =>
    (await client.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).rows.length > 0
  return {
    isReached: () => until('the end of a job is written', areWaiting, 60_000),
    letGo: async () => {
      await client.query(`SELECT pg_advisory_unlock(${LOCK})`)
      await client.query('DROP FUNCTION hold_end CASCADE')
      await client.end()
    },
  }
}
