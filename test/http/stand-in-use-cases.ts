import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { AppError } from '../../src/errors.js'
import { toJobId, toVideoId } from '../../src/http/request/ids.js'
import type { KeyHolder } from '../../src/jobs/access/api-key.js'
import type { HealthReport } from '../../src/jobs/health-report.js'
import type { Asset, Job, JobId, Video, VideoId } from '../../src/jobs/model.js'
import type { Idempotency } from '../../src/jobs/ports/repositories.js'
import type {
  Accepted,
  EditRequest,
  JobView,
  ReceivedFile,
  StoredFile,
  UseCases,
} from '../../src/jobs/use-cases.js'
import { makeAsset, makeJob, makeVideo, makeView, QUEUED } from '../support/records.js'
import { allWell } from './all-well.js'
import { createStandInArchives } from './stand-in-archives.js'
import { writeStandInFile } from './stand-in-file.js'
import { createStandInFollowing, later } from './stand-in-following.js'
import { pageOfJobs } from './stand-in-job-list.js'
import { createStandInPreviews, type StandInPreviews } from './stand-in-previews.js'
import { createStandInQuotas } from './stand-in-quotas.js'
import { createStandInResumable } from './stand-in-resumable.js'
import { createStandInTelling } from './stand-in-telling.js'
import { createStandInTemplates } from './stand-in-templates.js'

/**
 * NOT the application: use cases in memory, for tests of src/http only. It records its calls, so that tests
 * can look at them, and does only what an HTTP test can see.
 */
export interface StandInUseCases extends UseCases {
  readonly videos: Map<VideoId, Video>
  readonly jobs: Map<JobId, JobView>
  readonly assets: Map<string, Asset>
  readonly edits: EditRequest[]
  readonly previews: StandInPreviews
  /** The holder of each key. */
  readonly keys: Map<string, KeyHolder>
  readonly uploads: ReceivedFile[]
  readonly idempotencies: (Idempotency | null)[]
  /** Files that the file routes serve, by their path, for instance `uploads/a.mp4`. */
  readonly files: Map<string, StoredFile>
  /** Makes every call fail until it is called with null. */
  failWith(error: Error | null): void
  setHealth(report: HealthReport): void
  addJob(change: Partial<Job>, view?: Partial<JobView>): JobView
  /** Tells the followers of a job its new state. null: the job was deleted. */
  tellJob(id: JobId, view: JobView | null): void
  readonly followers: () => number
  addVideo(change?: Partial<Video>): Video
  /** Stores bytes under a name, or a number of zeros, and returns what the file routes would get. */
  addFile(
    key: string,
    content: Uint8Array | string | number,
    change?: Partial<StoredFile>,
  ): Promise<StoredFile>
  /** Folders of uploads that were not removed. */
  leftovers(): Promise<string[]>
}

export function createStandInUseCases(dir: string): StandInUseCases {
  let failure: Error | null = null
  let health: HealthReport = allWell()
  const state = {
    videos: new Map<VideoId, Video>(),
    jobs: new Map<JobId, JobView>(),
    assets: new Map<string, Asset>(),
    edits: [] as EditRequest[],
    keys: new Map<string, KeyHolder>(),
    uploads: [] as ReceivedFile[],
    idempotencies: [] as (Idempotency | null)[],
    files: new Map<string, StoredFile>(),
  }
  const byKey = new Map<string, { fingerprint: string; accepted: Accepted }>()

  const check = () => {
    if (failure !== null) throw failure
  }
  const find = <K, V>(map: Map<K, V>, key: K, code: AppError['code']): V => {
    check()
    const found = map.get(key)
    if (found === undefined) throw new AppError(code, `There is no ${String(key)}`)
    return found
  }
  const once = (idempotency: Idempotency | null, create: () => JobView): Accepted => {
    check()
    state.idempotencies.push(idempotency)
    const before = idempotency === null ? undefined : byKey.get(idempotency.key)
    if (before && before.fingerprint !== idempotency?.fingerprint) {
      throw new AppError('idempotency-key-reused', 'The key was used for another request')
    }
    if (before) return { ...before.accepted, created: false }
    const accepted = { job: create(), created: true }
    if (idempotency !== null) byKey.set(idempotency.key, { fingerprint: idempotency.fingerprint, accepted })
    return accepted
  }
  const previews = createStandInPreviews((id) => find(state.videos, id, 'video-not-found'))
  const addJob: StandInUseCases['addJob'] = (change, view = {}) => {
    const made = makeView(makeJob(change), view)
    state.jobs.set(made.job.id, made)
    return made
  }
  const following = createStandInFollowing()
  const tellJob: StandInUseCases['tellJob'] = (id, view) => {
    if (view === null) state.jobs.delete(id)
    else state.jobs.set(id, view)
    following.tell(id, view)
  }
  const addVideo: StandInUseCases['addVideo'] = (change = {}) => {
    const video = makeVideo(change)
    state.videos.set(video.id, video)
    return video
  }
  const addFile: StandInUseCases['addFile'] = async (key, content, change = {}) => {
    const file = {
      ...(await writeStandInFile(join(dir, `.stored-${randomUUID()}`), key, content)),
      ...change,
    }
    state.files.set(key, file)
    return file
  }
  return {
    ...state,
    previews,
    addJob,
    tellJob,
    followers: following.count,
    addVideo,
    addFile,
    failWith: (error) => {
      failure = error
    },
    setHealth: (report) => {
      health = report
    },
    leftovers: async () => (await readdir(dir)).filter((name) => name.startsWith('incoming-')),
    authenticate: later((key) => find(state.keys, key, 'unauthenticated')),
    async acceptUpload(_owner, file, idempotency, wishes = {}) {
      check()
      await rename(file.path, join(dir, `taken-${randomUUID()}`))
      state.uploads.push(file)
      return once(idempotency, () => {
        const video = addVideo({ originalFilename: file.originalFilename, sha256: file.sha256 })
        return addJob({ type: 'upload', videoId: video.id, ...QUEUED, ...wishes })
      })
    },
    listVideos: later((_owner, { skip, limit }) => {
      check()
      const videos = [...state.videos.values()].reverse()
      return { videos: videos.slice(skip, skip + limit), total: videos.length }
    }),
    getVideo: later((_owner, id) => find(state.videos, id, 'video-not-found')),
    deleteVideo: later((_owner, id) => {
      find(state.videos, id, 'video-not-found')
      state.videos.delete(id)
    }),
    openVideo: later((_owner, id) => {
      const video = find(state.videos, id, 'video-not-found')
      return find(state.files, `uploads/${video.filename}`, 'file-not-found')
    }),

    submitEdit: later((_owner, request, idempotency) => {
      find(state.videos, request.videoId, 'video-not-found')
      state.edits.push(request)
      const { type, videoId, config, metadata, priority } = request
      return once(idempotency, () => addJob({ type, videoId, config, metadata, priority, status: 'pending' }))
    }),
    listJobs: later((_owner, filter, page) => {
      check()
      return pageOfJobs([...state.jobs.values()], filter, page)
    }),
    getJob: later((_owner, id) => find(state.jobs, id, 'job-not-found')),
    followJob: later((_owner, id) => following.follow(find(state.jobs, id, 'job-not-found'))),
    cancelJob: later((_owner, id) => {
      const view = find(state.jobs, id, 'job-not-found')
      const { status } = view.job
      if (status === 'completed' || status === 'failed') throw new AppError('job-finished', `It is ${status}`)
      const job = makeView({ ...view.job, status: 'cancelled' }, view)
      state.jobs.set(id, job)
      return { job, already: status === 'cancelled' }
    }),
    previewEdit: later((_owner, request) => {
      find(state.videos, request.videoId, 'video-not-found')
      return { passes: [], outputs: [], warnings: [{ code: 'no-audio', message: 'The video has no sound.' }] }
    }),
    ...previews.routes,
    retryJob: later((_owner, id) => {
      const view = find(state.jobs, id, 'job-not-found')
      if (view.job.status !== 'failed') throw new AppError('job-not-retryable', `It is ${view.job.status}`)
      return addJob({ ...view.job, status: 'pending' })
    }),
    deleteJob: later((_owner, id) => {
      const { job } = find(state.jobs, id, 'job-not-found')
      if (job.status === 'processing') throw new AppError('job-not-deletable', 'It has not ended')
      state.jobs.delete(id)
    }),
    openOutput: later((_owner, id, quality) => {
      const { job, outputs } = find(state.jobs, id, 'job-not-found')
      if (job.status !== 'completed') throw new AppError('job-not-completed', `It is ${job.status}`)
      const output = outputs.find(({ name }) => quality === null || name === quality)
      if (!output) throw new AppError('output-not-found', `There is no ${quality}`)
      return find(state.files, `processed/${id}/${output.filename}`, 'file-not-found')
    }),

    ...createStandInArchives((id) => find(state.jobs, id, 'job-not-found'), state.files),

    createAsset: later((_owner, name, file, options) => {
      check()
      const there = state.assets.get(name)
      if (there && options?.mayRepeat && there.sha256 === file.sha256) return there
      if (there) throw new AppError('asset-exists', `${name} exists`)
      state.assets.set(name, makeAsset(name, { sha256: file.sha256, fileSize: file.sizeBytes }))
      return find(state.assets, name, 'asset-not-found')
    }),
    listAssets: later(() => {
      check()
      return [...state.assets.values()]
    }),
    getAsset: later((_owner, name) => find(state.assets, name, 'asset-not-found')),
    openAsset: later((_owner, name) => {
      find(state.assets, name, 'asset-not-found')
      return find(state.files, `assets/${name}`, 'file-not-found')
    }),
    deleteAsset: later((_owner, name) => {
      find(state.assets, name, 'asset-not-found')
      state.assets.delete(name)
    }),
    async createIncomingFolder() {
      check()
      await mkdir(dir, { recursive: true })
      const folder = await mkdtemp(join(dir, 'incoming-'))
      const arrived = () => Promise.resolve()
      return { dir: folder, arrived, remove: () => rm(folder, { recursive: true, force: true }) }
    },
    checkHealth: later(() => health),
    templates: createStandInTemplates(),
    ...createStandInTelling(),
    resumable: createStandInResumable(),
    ...createStandInQuotas(),
  }
}

export const UNKNOWN_VIDEO = toVideoId(uuidv7())
export const UNKNOWN_JOB = toJobId(uuidv7())
