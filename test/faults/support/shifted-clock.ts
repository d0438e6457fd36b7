import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Platform } from '../../e2e/support/platform.js'
import { until } from '../../support/until.js'
import { findService } from './services.js'

/** A clock that can be made to jump, for the Node processes that get its environment. */
export interface ShiftedClock {
  readonly env: Readonly<Record<string, string>>
  /** Resolves when the API and the worker use the new time. */
  shift(platform: Platform, offsetMs: number): Promise<void>
  discard(): Promise<void>
}

export async function createShiftedClock(): Promise<ShiftedClock> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-clock-'))
  const file = join(dir, 'offset')
  await writeFile(file, '0')
  const preload = new URL('shifted-clock.mjs', import.meta.url).href
  return {
    env: {
      SHIFTED_CLOCK: file,
      NODE_OPTIONS: [process.env['NODE_OPTIONS'], `--import=${preload}`].filter(Boolean).join(' '),
    },
    shift: async (platform, offsetMs) => {
      // It is written elsewhere and renamed, so that nobody reads half a number.
      await writeFile(`${file}.next`, String(offsetMs))
      await rename(`${file}.next`, file)
      for (const service of ['api', 'worker'] as const) {
        const pid = await findService(platform, service)
        const adopted = async () =>
          (await readFile(`${file}.${pid}`, 'utf8').catch(() => '')) === String(offsetMs)
        await until(`the clock of the ${service} has jumped`, adopted)
      }
    },
    discard: () => rm(dir, { recursive: true }),
  }
}
