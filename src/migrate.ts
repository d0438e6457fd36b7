import { close, connectDatabase } from './db/database.js'
import { migrate } from './db/migrate.js'
import { connectServices } from './platform/connect-services.js'
import { runProcess } from './run-process.js'

/** Brings the schema up to date and ends, for deployments that migrate before they start anything else. */
runProcess('migrate', async (config, log) => {
  const { databaseUrl } = await connectServices(config)
  const database = connectDatabase(databaseUrl)
  await migrate(database)
  await close(database)
  log.info('the schema is up to date')
  return null
})
