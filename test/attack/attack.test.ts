import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '../../scripts/platform/client.mjs'
import { createKey } from '../e2e/support/keys.js'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { findService } from '../faults/support/services.js'
import { createRandom } from '../support/random.js'
import { ATTACKERS, IS_ASKED_FOR, MINUTES, QUIET_MS, SEED, TIMEOUT_MS } from './form.js'
import { type Attack, attack } from './support/attacker.js'
import type { ApiDocument } from './support/draw-request.js'
import { describeAttack } from './support/report.js'
import { makeSeedFiles, makeWatchedClip, writeTo } from './support/seed-files.js'
import { percentile, startWatch } from './support/watch.js'

/** Milliseconds: of 100 answers to the watched owner, 99 take no longer. */
const MAX_GET_P99_MS = 250
/** How many times its quiet time an upload of the watched owner may take. */
const MAX_UPLOAD_RATIO = 3
/** Codes of jobs that say what is wrong with a file or an edit. Others would be a fault of Cutroom. */
const DISHONEST = ['internal', 'orchestrator-unavailable', 'db-unavailable', 'storage-unavailable']

const ADMIN = ['--scopes', 'admin'] as const

let platform: Platform
afterEach(() => platform.destroy())

test(
  `one owner attacks for ${MINUTES} minutes and another does not notice, seed ${SEED}`,
  async () => {
    platform = await startPlatform({ env: { AUTH: 'keys', RATE_LIMIT_PER_MINUTE: '0', LOG_LEVEL: 'warn' } })
    const dir = join(platform.dataDir, 'attack')
    const clip = await makeWatchedClip(dir)
    const state = await prepare(dir)
    const before = await pidsOf()

    const quiet = startWatch(platform.apiUrl, await createKey(platform, 'watched', ...ADMIN), clip)
    await delay(QUIET_MS)
    quiet.stop()
    const watch = startWatch(platform.apiUrl, await createKey(platform, 'watched', ...ADMIN), clip)
    await Promise.all(
      Array.from({ length: ATTACKERS }, (_, index) => attack(state, createRandom(SEED + index))),
    )
    watch.stop()
    const after = await pidsOf()
    const ended = await endAll(state)

    const report = describeAttack({ quiet: quiet.seen, seen: watch.seen, state, ended })
    console.log(report)
    if (IS_ASKED_FOR) {
      await mkdir('data/attack', { recursive: true })
      await writeFile('data/attack/report.txt', `${report}\n${state.faults.join('\n')}\n`)
    }
    expect(state.faults).toEqual([])
    expect(watch.seen.flatMap(({ fault }) => fault ?? [])).toEqual([])
    expect(after).toEqual(before)
    for (const code of DISHONEST) expect([...ended.keys()]).not.toContain(code)
    expect(watch.seen.length).toBeGreaterThan(0)
    // Beside other tests, times say how busy the machine is.
    if (!IS_ASKED_FOR) return
    expect(percentile(watch.seen, 'get', 0.99)).toBeLessThanOrEqual(MAX_GET_P99_MS)
    const ratio = percentile(watch.seen, 'upload', 1) / percentile(quiet.seen, 'upload', 0.5)
    expect(ratio).toBeLessThanOrEqual(MAX_UPLOAD_RATIO)
  },
  TIMEOUT_MS,
)

/** Uploads a good file of each kind, to which requests can refer. */
async function prepare(dir: string): Promise<Attack> {
  const key = await createKey(platform, 'attacker', ...ADMIN)
  const client = createClient(platform.apiUrl, key)
  const seeds = await makeSeedFiles(dir)
  const videoIds: string[] = []
  const assets: string[] = []
  for (const seed of seeds) {
    const file = await writeTo(dir, seed)
    if (seed.name.startsWith('film')) videoIds.push((await client.upload(file)).id)
    await client.putAsset(seed.name, file)
    assets.push(seed.name)
  }
  const document = (await (await fetch(new URL('/openapi.json', platform.apiUrl))).json()) as ApiDocument
  const over = AbortSignal.timeout(QUIET_MS + MINUTES * 60_000)
  const stock = { videoIds, assets, jobIds: [] }
  return { apiUrl: platform.apiUrl, key, document, stock, seeds, answers: new Map(), faults: [], over }
}

function pidsOf() {
  return Promise.all([findService(platform, 'api'), findService(platform, 'worker')])
}

/** Cancels what still runs and waits for its end. Returns the numbers of jobs by their code or status. */
async function endAll({ apiUrl, key, stock }: Attack): Promise<Map<string, number>> {
  const client = createClient(apiUrl, key)
  const ended = new Map<string, number>()
  for (const id of new Set(stock.jobIds)) {
    // One that has ended by itself cannot be cancelled; one that was deleted is not there.
    await client.cancelJob(id).catch(() => undefined)
    const what = await client
      .follow(id, () => undefined)
      .then(
        (job) => job.error_code ?? job.status,
        () => 'deleted',
      )
    ended.set(what, (ended.get(what) ?? 0) + 1)
  }
  return ended
}
