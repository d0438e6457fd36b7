import type { Config } from '../config.js'
import { readPlatformFile } from './platform-file.js'

export interface Services {
  readonly databaseUrl: string
  readonly temporalAddress: string
  readonly temporalUiUrl: string | null
}

/** What the environment names, and for the rest what `npm start` on the same data folder runs. */
export async function connectServices(
  config: Pick<Config, 'database' | 'temporal' | 'platform'>,
): Promise<Services> {
  const { database, temporal, platform } = config
  const running = await readPlatformFile(platform.dataDir)
  const databaseUrl = database.url ?? running?.databaseUrl
  const temporalAddress = temporal.address ?? running?.temporalAddress
  if (databaseUrl === undefined || temporalAddress === undefined) {
    throw new Error(
      `No platform runs on ${platform.dataDir}. Start it with npm start, or set DATABASE_URL and TEMPORAL_ADDRESS.`,
    )
  }
  // The UI of the running platform shows nothing of another server.
  const ownUi = temporal.address === null ? (running?.temporalUiUrl ?? null) : null
  return { databaseUrl, temporalAddress, temporalUiUrl: temporal.uiUrl ?? ownUi }
}
