import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { MAX_FAILURES } from '../../activities/failure.js'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { runClient } from './soak/clients.js'
import { CLIENTS, IS_ASKED_FOR, MINUTES, NEWS_EVERY_MS, TIMEOUT_MS } from './soak/form.js'
import { type AtRest, growthFaults, measureAfter, measureAtRest } from './soak/growth.js'
import { killInTurn } from './soak/kills.js'
import { count, createLedger, hold, type Ledger, promisesOf, type Soak } from './soak/ledger.js'
import { pause } from './soak/pause.js'
import { formatReport, writeReport } from './soak/report.js'
import { sampleAll, type Samples } from './soak/samples.js'
import { SEED } from './support/form.js'
import { jobReaches } from './support/heavy.js'
import { createInsistentClient } from './support/insistent-client.js'
import { explainedBy, type Victim } from './support/killer.js'
import { makeSources, uploadSources } from './support/load.js'
import { expectNothingLost, type Outcome } from './support/nothing-lost.js'
import { readRows } from './support/rows.js'
import { processesOf } from './support/services.js'

const REPORT_FILE = 'data/soak/report.json'

let platform: Platform
afterEach(() => platform.destroy())

test(
  `mixed jobs for ${MINUTES} minutes with kills lose nothing and leave nothing, seed ${SEED}`,
  async () => {
    platform = await startPlatform({ env: { LOG_LEVEL: 'warn' } })
    const ledger = createLedger()
    const load = await prepare(ledger)
    const before = await measureAtRest(platform)
    const kills: Record<Victim, number> = { worker: 0, ffmpeg: 0, api: 0, temporal: 0, postgres: 0 }
    const samples: Samples = { services: [], queue: [] }
    await runAll(load, kills, samples)

    const judgedAt = performance.now()
    let outcome: Outcome | null = null
    let after: AtRest | null = null
    try {
      outcome = await expectNothingLost(platform, promisesOf(ledger), explainedBy(kills))
      after = await measureAfter(platform, before)
    } finally {
      const jobs = await readRows(platform).then(
        (rows) => rows.jobs,
        () => [],
      )
      const judgedSec = Math.round((performance.now() - judgedAt) / 1000)
      const report = { ledger, kills, samples, jobs, outcome, files: { before, after }, judgedSec }
      console.log(formatReport(report))
      if (IS_ASKED_FOR) await writeReport(REPORT_FILE, report)
    }
    expect(ledger.faults).toEqual([])
    expect(await unkept(ledger)).toEqual([])
    expect(growthFaults(before, after, samples.services)).toEqual([])
    expect(outcome.completed).toBeGreaterThan(0)
    // A pass is given up after this many crashes, and only the kills make ffmpeg crash.
    expect(outcome.failed * MAX_FAILURES).toBeLessThanOrEqual(kills.ffmpeg)
    const { dataDir } = platform
    await platform.stop()
    expect(await processesOf(dataDir)).toEqual([])
  },
  TIMEOUT_MS,
)

/** Uploads the videos that the load uses, and waits until their jobs have ended. */
async function prepare(ledger: Ledger): Promise<Omit<Soak, 'over'>> {
  const client = createInsistentClient(platform.apiUrl, (status) =>
    count(ledger.requests, String(status ?? 'none')),
  )
  const clips = await makeSources(platform.dataDir)
  const { sources, promised } = await uploadSources(client, clips, 'source')
  for (const one of promised) {
    hold(ledger, one)
    await jobReaches(client, one.jobId, 'completed')
  }
  const [[first, ...others], [shortest]] = [sources, clips]
  if (!first || !shortest) throw new Error('there is no source')
  const sha256 = createHash('sha256')
    .update(await readFile(shortest.path))
    .digest('hex')
  return { platform, client, ledger, sources: [first, ...others], clip: { path: shortest.path, sha256 } }
}

/** Runs the load, the kills and the samples side by side. The first of them that fails ends the others. */
async function runAll(
  load: Omit<Soak, 'over'>,
  kills: Record<Victim, number>,
  samples: Samples,
): Promise<void> {
  // It has its own timer, because the collector may take an AbortSignal.timeout that only AbortSignal.any refers to.
  const end = new AbortController()
  const timer = setTimeout(() => end.abort(), MINUTES * 60_000)
  const over = end.signal
  const soak: Soak = { ...load, over }
  const actors = [
    ...Array.from({ length: CLIENTS }, (_, number) => runClient(soak, number)),
    killInTurn(platform, kills, over),
    sampleAll(platform, samples, over),
    tellNews(soak, kills),
  ]
  const results = await Promise.allSettled(
    actors.map((actor) =>
      actor.catch((error: unknown) => {
        end.abort()
        throw error
      }),
    ),
  )
  clearTimeout(timer)
  for (const result of results) expect(result).toMatchObject({ status: 'fulfilled' })
}

async function tellNews({ ledger, over }: Soak, kills: Readonly<Record<Victim, number>>): Promise<void> {
  for (let minutes = NEWS_EVERY_MS / 60_000; ; minutes += NEWS_EVERY_MS / 60_000) {
    if (!(await pause(NEWS_EVERY_MS, over))) return
    const killed = Object.values(kills).reduce((sum, one) => sum + one, 0)
    console.log(
      `soak: ${minutes} min, ${ledger.held.size} jobs, ${killed} kills, ${ledger.faults.length} faults`,
    )
  }
}

/** Jobs that were deleted but exist, or were cancelled but have failed. */
async function unkept({ held }: Ledger): Promise<string[]> {
  const { jobs } = await readRows(platform)
  return jobs.flatMap(({ id, status }) => {
    const one = held.get(id)
    if (one?.isDeleted) return [`${one.promised.what} ${id} was deleted and is there`]
    if (one?.promised.mayBeCancelled && status === 'failed') return [`${id} was cancelled and failed`]
    return []
  })
}
