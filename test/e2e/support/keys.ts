import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Platform } from './platform.js'

const run = promisify(execFile)

/** Runs `npm run keys -- …` against the running platform. Gives what it prints. */
export function runKeys({ dataDir }: Pick<Platform, 'dataDir'>, ...args: string[]) {
  const env = { ...process.env, DATA_DIR: dataDir }
  return run(process.execPath, ['dist/src/keys.js', ...args], { env })
}

/** @param more options of the key besides its owner */
export async function createKey(
  platform: Pick<Platform, 'dataDir'>,
  owner: string,
  ...more: string[]
): Promise<string> {
  const { stdout } = await runKeys(platform, 'create', '--owner', owner, ...more)
  return stdout.trim()
}
