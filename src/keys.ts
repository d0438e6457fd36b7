import { type Config, loadConfig } from './config.js'
import { createRepositories } from './db/create-repositories.js'
import { close, connectDatabase } from './db/database.js'
import { migrate } from './db/migrate.js'
import { type KeyCommand, KEYS_USAGE, parseKeyCommand, writeKeyTable } from './jobs/access/key-command.js'
import { createKey, revokeKey } from './jobs/access/manage-keys.js'
import type { ApiKeysRepository } from './jobs/ports/repositories.js'
import { readPlatformFile } from './platform/platform-file.js'

/** `npm run keys`: API keys, in the database of `DATABASE_URL` or of the platform that is running on `DATA_DIR`. */
async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes('--help')) {
    console.log(KEYS_USAGE)
    return
  }
  const command = parse(args)
  const config = loadConfig()
  const database = connectDatabase(await findDatabase(config))
  try {
    await migrate(database)
    await run(command, createRepositories(database).apiKeys)
  } finally {
    await close(database)
  }
}

async function findDatabase({ database, platform }: Config): Promise<string> {
  const url = database.url ?? (await readPlatformFile(platform.dataDir))?.databaseUrl
  if (url !== undefined) return url
  throw new Error(
    `No Cutroom is running on ${platform.dataDir}. Run npm start, set DATA_DIR to the folder of a running one, ` +
      'or set DATABASE_URL.',
  )
}

/** Only the key goes to stdout, for scripts; everything else is for people and goes to stderr. */
async function run(command: KeyCommand, keys: ApiKeysRepository): Promise<void> {
  const now = new Date()
  switch (command.name) {
    case 'create': {
      const { owner, scopes, lifetimeMs } = command
      const expiresAt = lifetimeMs === null ? null : new Date(now.getTime() + lifetimeMs)
      const { text, key } = await createKey(keys, { owner, scopes, expiresAt }, now)
      console.error(
        `Key ${key.id} of ${owner}: ${scopes.join(', ')}, ` +
          (expiresAt === null ? 'does not expire.' : `valid until ${expiresAt.toISOString()}.`) +
          '\nThe key is shown only this once. The API asks for keys when it runs with AUTH=keys.',
      )
      console.log(text)
      return
    }
    case 'list':
      console.log(writeKeyTable(await keys.list(), now))
      return
    case 'revoke': {
      const key = await revokeKey(keys, command.idOrKey, now)
      if (key === null) throw new Error('There is no such key. npm run keys -- list shows all keys.')
      console.error(`Key ${key.id} of ${key.owner} was revoked at ${key.revokedAt?.toISOString()}.`)
    }
  }
}

function parse(args: readonly string[]): KeyCommand {
  try {
    return parseKeyCommand(args)
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${KEYS_USAGE}`, {
      cause: error,
    })
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
