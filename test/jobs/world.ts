import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import type { JobsDeps } from '../../src/jobs/deps.js'
import { hashFile } from '../../src/jobs/hash-file.js'
import type { Video } from '../../src/jobs/model.js'
import type { NewVideo } from '../../src/jobs/ports/repositories.js'
import type { Quotas } from '../../src/jobs/quotas/quotas.js'
import type { EditRequest, ReceivedFile } from '../../src/jobs/use-cases.js'
import { createOutbound } from '../../src/outbound/create-outbound.js'
import type { MediaFacts } from '../../src/plan/model/facts.js'
import { createLocalStorage } from '../../src/storage/local-storage.js'
import { storeVideo, useDatabase } from '../db/fixtures.js'
import { COMPLETE } from '../support/capabilities.js'
import { FACTS } from '../support/records.js'
import { CALCULATIONS } from '../support/same-process.js'
import { NO_CHANGES } from './no-changes.js'
import { createStandInOrchestrator, type StandInOrchestrator } from './stand-in-orchestrator.js'

/** PostgreSQL and a folder, both real, with stand-ins for Temporal, ffprobe and ffmpeg. */
export interface World {
  readonly deps: JobsDeps
  readonly orchestrator: StandInOrchestrator
  /** The folder of the store. */
  readonly mediaDir: string
  /** The facts that ffprobe reports about every file; an error: ffprobe refuses every file. */
  facts: MediaFacts | Error
  /** Files of the store, as keys. */
  files(): Promise<string[]>
  /** Path at which a stored file can be read. */
  fetch(key: string): Promise<string>
  /** A file as a request leaves it, in its own folder. */
  receive(contents: string, originalFilename?: string): Promise<ReceivedFile>
  /** A video that can be edited, with a file. */
  addVideo(change?: Partial<NewVideo>): Promise<Video>
}

/** A world for the tests of a file, on its database. Before each test, Temporal and ffprobe work again. */
export function useWorld({ repositories } = useDatabase()): () => World {
  let root = ''
  let world: World | undefined
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cutroom-jobs-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))
  beforeEach(async () => {
    await rm(join(root, 'media'), { recursive: true, force: true })
    world = createWorld(root, repositories())
  })
  return () => {
    if (!world) throw new Error('the world is there only while tests run')
    return world
  }
}

export const NO_QUOTAS: Quotas = {
  queuedJobs: null,
  storedBytes: null,
  sentBytesPerDay: null,
  eventStreams: null,
  openUploads: null,
  runningPasses: null,
}

const UNCONFINED = { noNetwork: false, limits: false, processesUnbounded: 'a test', diesWithWorker: false }

/** Makes a world for tests that all look at one result. */
export function createWorld(
  root: string,
  repositories: JobsDeps['repositories'],
  changes: JobsDeps['changes'] = NO_CHANGES,
): World {
  const orchestrator = createStandInOrchestrator()
  const mediaDir = join(root, 'media')
  const { storage, workFolders } = createLocalStorage({ root: mediaDir })
  const well = () => Promise.resolve()
  const world: World = {
    orchestrator,
    mediaDir,
    facts: FACTS,
    deps: {
      repositories,
      storage,
      workFolders,
      minFreeDiskBytes: 0,
      quotas: NO_QUOTAS,
      retention: { incomingMaxAgeHours: 24, failedPartsMaxAgeHours: 168, outputDays: null },
      orchestrator,
      proberFor: () => ({
        probe: () =>
          world.facts instanceof Error ? Promise.reject(world.facts) : Promise.resolve(world.facts),
        measure: (_, facts) => Promise.resolve(facts),
        readText: () => Promise.resolve(''),
      }),
      health: {
        database: well,
        orchestrator: () => orchestrator.check(),
        storage: () => storage.check(),
        ffmpeg: well,
        capabilities: () => Promise.resolve(COMPLETE),
        confinement: () => Promise.resolve(UNCONFINED),
        loopDelay: () => ({ p99Ms: 0, maxMs: 0 }),
      },
      calculations: CALCULATIONS,
      pictures: { make: () => Promise.resolve(Buffer.from('a picture')) },
      outbound: createOutbound({ allow: ['127.0.0.1/32'] }),
      changes,
      log: pino({ level: 'silent' }),
    },
    files: () => filesBelow(mediaDir),
    fetch: async (key) => {
      const path = join(await mkdtemp(join(root, 'fetched-')), basename(key))
      await storage.fetch(key, path)
      return path
    },
    receive: async (contents, originalFilename = 'clip.mp4') => {
      const path = join(await mkdtemp(join(root, 'incoming-')), 'file')
      await writeFile(path, contents)
      return { path, originalFilename, sizeBytes: Buffer.byteLength(contents), sha256: await hashFile(path) }
    },
    addVideo: async (change) => {
      const { video } = await storeVideo(repositories, change)
      await repositories.videos.markReady(video.id, video.facts, null)
      const { path } = await world.receive('a video')
      await storage.putFile(video.filePath, path, 'replace')
      return { ...video, posterPath: null, status: 'ready' }
    },
  }
  return world
}

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort()
}

export function editRequest(video: Pick<Video, 'id'>, change: Partial<EditRequest> = {}): EditRequest {
  return {
    type: 'quality',
    videoId: video.id,
    operations: [],
    output: { ...NO_EXTRAS, qualities: ['480p'] },
    priority: 3,
    metadata: {},
    config: { qualities: ['480p'] },
    ...change,
  }
}

/** The world on a disk with this number of free bytes, of which 1000 must stay free. */
export function withFree({ deps }: World, bytes: number): JobsDeps {
  const workFolders = { ...deps.workFolders, freeBytes: () => Promise.resolve(bytes) }
  return { ...deps, workFolders, minFreeDiskBytes: 1000 }
}
