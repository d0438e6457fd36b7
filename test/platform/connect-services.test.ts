import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.js'
import { connectServices } from '../../src/platform/connect-services.js'
import { writePlatformFile } from '../../src/platform/platform-file.js'
import { tempDir } from './support.js'

const INFO = {
  databaseUrl: 'postgres://cutroom:secret@127.0.0.1:5433/cutroom',
  temporalAddress: '127.0.0.1:7233',
  temporalUiUrl: 'http://127.0.0.1:8233',
  apiUrl: 'http://127.0.0.1:8000',
}

describe('the file of the running platform', () => {
  test('fills in what the environment leaves out', async () => {
    const dataDir = await tempDir()
    await writePlatformFile(dataDir, INFO)
    expect(await connectServices(loadConfig({ DATA_DIR: dataDir }))).toEqual({
      databaseUrl: INFO.databaseUrl,
      temporalAddress: INFO.temporalAddress,
      temporalUiUrl: INFO.temporalUiUrl,
    })
    const elsewhere = { DATA_DIR: dataDir, TEMPORAL_ADDRESS: 'temporal:7233' }
    expect(await connectServices(loadConfig(elsewhere))).toEqual({
      databaseUrl: INFO.databaseUrl,
      temporalAddress: 'temporal:7233',
      temporalUiUrl: null,
    })
  })

  test('is required when no address is given', async () => {
    const dataDir = await tempDir()
    await expect(connectServices(loadConfig({ DATA_DIR: dataDir }))).rejects.toThrow(
      /npm start, or set DATABASE_URL and TEMPORAL_ADDRESS/,
    )
  })
})
