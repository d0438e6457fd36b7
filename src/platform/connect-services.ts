import type { Config } from '../config.js'
import { readPlatformFile } from './platform-file.js'

export interface Services {
  readonly databaseUrl: string
  readonly temporalAddress: string
  readonly temporalUiUrl: string | null
}

/**
 * Finds PostgreSQL and Temporal: those that the environment names, else those that `npm start` runs on the data folder.
 * @throws Error that says what to start or set
 */
export async function connectServices(
  config: Pick<Config, 'database' | 'temporal' | 'platform'>,
): Promise<Services> {
  const { database, temporal, platform } = config
  const running = await readPlatformFile(platform.dataDir)
  const databaseUrl = database.url ?? running?.databaseUrl
  const temporalAddress = temporal.address ?? running?.temporalAddress
  if (databaseUrl === undefined || temporalAddress === undefined) {
    throw new Error(
      `No Cutroom is running on ${platform.dataDir}. Run npm start, or set DATABASE_URL and TEMPORAL_ADDRESS.`,
    )
  }
  // The UI of the running platform does not show the workflows of another server.
  const ownUi = temporal.address === null ? (running?.temporalUiUrl ?? null) : null
  return { databaseUrl, temporalAddress, temporalUiUrl: temporal.uiUrl ?? ownUi }
}
