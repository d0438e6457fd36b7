import { translateErrors } from '../errors.js'
import type { Repositories } from '../jobs/ports/repositories.js'
import type { Database } from './database.js'
import { createApiKeysRepository } from './repositories/api-keys.js'
import { createAssetsRepository } from './repositories/assets.js'
import { createDeliveriesRepository } from './repositories/deliveries.js'
import { createEventsRepository } from './repositories/events.js'
import { createJobsRepository } from './repositories/jobs.js'
import { createOutputsRepository } from './repositories/outputs.js'
import { createPassesRepository } from './repositories/passes.js'
import type { QueueLimits } from './repositories/queue-limit.js'
import { createTemplatesRepository } from './repositories/templates.js'
import { createUploadsRepository } from './repositories/uploads.js'
import { createUsageRepository } from './repositories/usage.js'
import { createVideosRepository } from './repositories/videos.js'
import { createWebhooksRepository } from './repositories/webhooks.js'
import { translateError } from './translate-error.js'

const UNLIMITED: QueueLimits = { ofAll: Number.MAX_SAFE_INTEGER, ofOwner: null }

export function createRepositories(database: Database, queueLimits = UNLIMITED): Repositories {
  return {
    videos: translateErrors(createVideosRepository(database), translateError),
    jobs: translateErrors(createJobsRepository({ ...database, queueLimits }), translateError),
    passes: translateErrors(createPassesRepository(database), translateError),
    outputs: translateErrors(createOutputsRepository(database), translateError),
    assets: translateErrors(createAssetsRepository(database), translateError),
    apiKeys: translateErrors(createApiKeysRepository(database), translateError),
    usage: translateErrors(createUsageRepository(database), translateError),
    events: translateErrors(createEventsRepository(database), translateError),
    webhooks: translateErrors(createWebhooksRepository(database), translateError),
    templates: translateErrors(createTemplatesRepository(database), translateError),
    deliveries: translateErrors(createDeliveriesRepository(database), translateError),
    uploads: translateErrors(createUploadsRepository(database), translateError),
  }
}
