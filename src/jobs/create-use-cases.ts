import { AppError } from '../errors.js'
import { rememberFor } from '../remember.js'
import { acceptUpload } from './accept-upload.js'
import { authenticate } from './access/authenticate.js'
import { archiveOutput, listOutputFiles } from './archives/output-files.js'
import { createAsset, deleteAsset, getAsset, listAssets, openAsset } from './assets/assets.js'
import { checkHealth } from './check-health.js'
import type { JobsDeps } from './deps.js'
import { previewEdit, submitEdit } from './edits/submit-edit.js'
import { createEventUseCases } from './events/read-events.js'
import { countUploads, createArrivals, createIncomingFolders } from './incoming-folders.js'
import { createJobWatch } from './job-watch.js'
import { cancelJob } from './lifecycle/cancel-job.js'
import { deleteJob } from './lifecycle/delete-job.js'
import { retryJob } from './lifecycle/retry-job.js'
import { openOutput, openProcessedFile } from './outputs.js'
import { createPictureUseCases } from './previews/show-picture.js'
import { countOpen } from './quotas/count-open.js'
import { getUsage } from './quotas/get-usage.js'
import { requireStoredRoom } from './quotas/stored-room.js'
import { createTraffic } from './quotas/traffic.js'
import { createTemplateUseCases } from './templates/templates.js'
import { createUploads } from './uploads/create-uploads.js'
import type { UseCases } from './use-cases.js'
import { deleteVideo, getVideo, openUploadedFile, openVideo } from './videos.js'
import { listJobs, viewJob, viewJobs } from './view-job.js'
import { createWebhookUseCases } from './webhooks/webhooks.js'

/** Anyone may ask, as often as they like: one check serves all who ask within this time. */
const HEALTH_KEPT_MS = 5000

export function createUseCases(deps: JobsDeps): UseCases {
  const { quotas, repositories, log } = deps
  const uploads = countUploads(quotas.openUploads)
  const arrivals = createArrivals(deps, uploads)
  const streams = countOpen(quotas.eventStreams, tooManyStreams)
  const traffic = createTraffic({ usage: repositories.usage, log, bytesPerDay: quotas.sentBytesPerDay })
  return {
    authenticate: (key) => authenticate(deps, key),
    acceptUpload: (owner, file, key, wishes) => acceptUpload(deps, owner, { file, ...wishes }, key),
    resumable: createUploads(deps, arrivals),
    listVideos: (owner, page) => deps.repositories.videos.list(owner, page),
    getVideo: (owner, id) => getVideo(deps, owner, id),
    deleteVideo: (owner, id) => deleteVideo(deps, owner, id),
    openVideo: async (owner, id) => traffic.counted(owner, await openVideo(deps, owner, id)),
    submitEdit: (owner, request, idempotency) => submitEdit(deps, owner, request, idempotency),
    previewEdit: (owner, request) => previewEdit(deps, owner, request),
    ...createPictureUseCases(deps),
    listJobs: (owner, filter, page) => listJobs(deps, owner, filter, page),
    getJob: (owner, id) => viewJob(deps, owner, id),
    followJob: createFollowing(deps),
    cancelJob: (owner, id) => cancelJob(deps, owner, id),
    retryJob: (owner, id) => retryJob(deps, owner, id),
    deleteJob: (owner, id) => deleteJob(deps, owner, id),
    openOutput: async (owner, id, quality) =>
      traffic.counted(owner, await openOutput(deps, owner, id, quality)),
    archiveOutput: async (owner, id, name) =>
      traffic.counted(owner, await archiveOutput(deps, owner, id, name)),
    listOutputFiles: (owner, output, page) => listOutputFiles(deps, { owner, ...output }, page),
    createAsset: async (owner, name, file, options) => {
      await requireStoredRoom(deps, owner, file.sizeBytes)
      return createAsset(deps, owner, { name, file, ...options })
    },
    listAssets: (owner) => listAssets(deps, owner),
    getAsset: (owner, name) => getAsset(deps, owner, name),
    openAsset: async (owner, name) => traffic.counted(owner, await openAsset(deps, owner, name)),
    deleteAsset: (owner, name) => deleteAsset(deps, owner, name),
    openUploadedFile: async (owner, filename) =>
      traffic.counted(owner, await openUploadedFile(deps, owner, filename)),
    openProcessedFile: async (owner, id, path) =>
      traffic.counted(owner, await openProcessedFile(deps, owner, id, path)),
    createIncomingFolder: createIncomingFolders(deps, arrivals),
    openStream: (owner) => streams.enter(owner),
    getUsage: (owner) => getUsage({ repositories, quotas, uploads, streams, traffic }, owner),
    webhooks: createWebhookUseCases(deps),
    templates: createTemplateUseCases(deps),
    events: createEventUseCases(deps),
    checkHealth: rememberFor(HEALTH_KEPT_MS, () => checkHealth(deps.health)),
    flush: () => traffic.flush(),
  }
}

function createFollowing(deps: JobsDeps): UseCases['followJob'] {
  const watch = createJobWatch({
    listVersions: (ids) => deps.repositories.jobs.listVersions(ids),
    viewJobs: (ids) => viewJobs(deps, ids),
    changes: deps.changes,
    log: deps.log,
  })
  return async (owner, id) => ({
    view: await viewJob(deps, owner, id),
    follow: (onNews) => watch.follow(id, onNews),
  })
}

function tooManyStreams(open: number): AppError {
  return new AppError(
    'too-many-streams',
    `${open} event streams are open, which is the maximum of one owner. Close some, or ask GET /jobs/{id} instead.`,
  )
}
