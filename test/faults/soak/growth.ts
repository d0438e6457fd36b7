import type { Platform } from '../../e2e/support/platform.js'
import { until } from '../../support/until.js'
import { type Sample, sampleOne } from './samples.js'

const JUDGED = ['api', 'worker'] as const
type Judged = (typeof JUDGED)[number]

/** The number of open files of services that have nothing to do. */
export type AtRest = Readonly<Record<Judged, number>>

/**
 * The number of files that may be open at rest by chance: the ten connections of the pool to PostgreSQL, which are
 * closed after 10 s without use and opened by the sweep, and as many of HTTP or to Temporal. The load has thousands of
 * requests, jobs and cut streams: one file left open by each of a kind is far beyond it.
 */
const FILES_MARGIN = 24
/** Files of requests that have just ended are closed within seconds. */
const CALM_LIMIT_MS = 60_000

/** MiB that no sample may exceed: three times what was measured, as the collector runs when it likes. */
const RSS_BOUND_MIB: Readonly<Record<Judged, number>> = { api: 512, worker: 1024 }

export async function measureAtRest(platform: Platform): Promise<AtRest> {
  const found: Partial<Record<Judged, number>> = {}
  for (const service of JUDGED) {
    await until(`there is a ${service}`, async () => {
      const sample = await sampleOne(platform, service)
      if (sample) found[service] = sample.fds
      return sample !== null
    })
  }
  return { api: found.api ?? 0, worker: found.worker ?? 0 }
}

/** Measures again once all is calm; files that are not closed in time are left to `growthFaults`. */
export async function measureAfter(platform: Platform, before: AtRest): Promise<AtRest> {
  let after = await measureAtRest(platform)
  const isCalm = async () => {
    after = await measureAtRest(platform)
    return openedBeyond(before, after).length === 0
  }
  await until('files are closed', isCalm, CALM_LIMIT_MS).catch(() => undefined)
  return after
}

export function growthFaults(before: AtRest, after: AtRest, samples: readonly Sample[]): string[] {
  const large = JUDGED.flatMap((service) => {
    const most = Math.max(0, ...samples.flatMap((one) => (one.service === service ? one.rssMib : [])))
    return most > RSS_BOUND_MIB[service] ? [`the ${service} took ${Math.round(most)} MiB`] : []
  })
  return [...openedBeyond(before, after), ...large]
}

function openedBeyond(before: AtRest, after: AtRest): string[] {
  return JUDGED.filter((service) => after[service] > before[service] + FILES_MARGIN).map(
    (service) =>
      `the ${service} at rest has ${after[service]} open files, and had ${before[service]} before the load`,
  )
}
