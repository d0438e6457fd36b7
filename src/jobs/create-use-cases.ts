import { acceptUpload } from './accept-upload.js'
import { authenticate } from './access/authenticate.js'
import { createAsset, deleteAsset, getAsset, listAssets, openAsset } from './assets/assets.js'
import { checkHealth } from './check-health.js'
import type { JobsDeps } from './deps.js'
import { previewEdit, submitEdit } from './edits/submit-edit.js'
import { createIncomingFolders } from './incoming-folders.js'
import { createJobWatch } from './job-watch.js'
import { cancelJob } from './lifecycle/cancel-job.js'
import { deleteJob } from './lifecycle/delete-job.js'
import { retryJob } from './lifecycle/retry-job.js'
import { openOutput, openProcessedFile } from './outputs.js'
import type { UseCases } from './use-cases.js'
import { deleteVideo, getVideo, openUploadedFile, openVideo } from './videos.js'
import { listJobs, viewJob, viewJobs } from './view-job.js'

export function createUseCases(deps: JobsDeps): UseCases {
  const watch = createJobWatch({
    listVersions: (ids) => deps.repositories.jobs.listVersions(ids),
    viewJobs: (ids) => viewJobs(deps, ids),
    log: deps.log,
  })
  return {
    authenticate: (key) => authenticate(deps, key),
    acceptUpload: (owner, file, idempotency) => acceptUpload(deps, owner, file, idempotency),
    listVideos: (owner, page) => deps.repositories.videos.list(owner, page),
    getVideo: (owner, id) => getVideo(deps, owner, id),
    deleteVideo: (owner, id) => deleteVideo(deps, owner, id),
    openVideo: (owner, id) => openVideo(deps, owner, id),
    submitEdit: (owner, request, idempotency) => submitEdit(deps, owner, request, idempotency),
    previewEdit: (owner, request) => previewEdit(deps, owner, request),
    listJobs: (owner, filter, page) => listJobs(deps, owner, filter, page),
    getJob: (owner, id) => viewJob(deps, owner, id),
    followJob: async (owner, id) => ({
      view: await viewJob(deps, owner, id),
      follow: (onNews) => watch.follow(id, onNews),
    }),
    cancelJob: (owner, id) => cancelJob(deps, owner, id),
    retryJob: (owner, id) => retryJob(deps, owner, id),
    deleteJob: (owner, id) => deleteJob(deps, owner, id),
    openOutput: (owner, id, quality) => openOutput(deps, owner, id, quality),
    createAsset: (owner, name, file, options) => createAsset(deps, owner, { name, file, ...options }),
    listAssets: (owner) => listAssets(deps, owner),
    getAsset: (owner, name) => getAsset(deps, owner, name),
    openAsset: (owner, name) => openAsset(deps, owner, name),
    deleteAsset: (owner, name) => deleteAsset(deps, owner, name),
    openUploadedFile: (owner, filename) => openUploadedFile(deps, owner, filename),
    openProcessedFile: (owner, jobId, path) => openProcessedFile(deps, owner, jobId, path),
    createIncomingFolder: createIncomingFolders(deps),
    checkHealth: () => checkHealth(deps.health),
  }
}
