import { type ModelStatic, Sequelize } from 'sequelize'
import { translating } from '../errors.js'
import { type ApiKeyRow, defineApiKey } from './models/api-key.js'
import { type AssetRow, defineAsset } from './models/asset.js'
import { defineEvent, type EventRow } from './models/event.js'
import { defineIdempotencyKey, type IdempotencyKeyRow } from './models/idempotency-key.js'
import { defineJob, type JobRow } from './models/job.js'
import { defineOverlay, type OverlayRow } from './models/overlay.js'
import { definePass, type PassEntry } from './models/pass.js'
import { defineProcessedVideo, type ProcessedVideoRow } from './models/processed-video.js'
import { defineResumableUpload, type ResumableUploadRow } from './models/resumable-upload.js'
import { defineTemplate, type TemplateRow } from './models/template.js'
import { defineTemplateVersion, type TemplateVersionRow } from './models/template-version.js'
import { defineVideo, type VideoRow } from './models/video.js'
import { defineWebhook, type WebhookRow } from './models/webhook.js'
import { defineWebhookDelivery, type WebhookDeliveryRow } from './models/webhook-delivery.js'
import { translateError } from './translate-error.js'

interface Models {
  readonly videos: ModelStatic<VideoRow>
  readonly processedVideos: ModelStatic<ProcessedVideoRow>
  readonly jobs: ModelStatic<JobRow>
  readonly overlays: ModelStatic<OverlayRow>
  readonly assets: ModelStatic<AssetRow>
  readonly passes: ModelStatic<PassEntry>
  readonly idempotencyKeys: ModelStatic<IdempotencyKeyRow>
  readonly apiKeys: ModelStatic<ApiKeyRow>
  readonly events: ModelStatic<EventRow>
  readonly webhooks: ModelStatic<WebhookRow>
  readonly webhookDeliveries: ModelStatic<WebhookDeliveryRow>
  readonly templates: ModelStatic<TemplateRow>
  readonly templateVersions: ModelStatic<TemplateVersionRow>
  readonly resumableUploads: ModelStatic<ResumableUploadRow>
}

/** A pool of connections and the models bound to it. */
export interface Database extends Models {
  readonly url: string
  readonly sequelize: Sequelize
}

/** Receives every statement, and the milliseconds it took. */
export type StatementLog = (sql: string, durationMs?: number) => void

/** Milliseconds. Together they bound how long a call can wait for a PostgreSQL that does not respond. */
const CONNECT_TIMEOUT_MS = 3_000
const ACQUIRE_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 8_000
/** pg's own timeout, for a server that no longer answers at all. Longer than the server's timeout. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 1_000
/** Frees the row locks of a process that was suspended within a transaction. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
const MAX_CONNECTIONS = 10

/**
 * Makes the pool. It connects on the first statement: while PostgreSQL is away, statements fail with an AppError
 * `db-unavailable`, and once it is back they work again.
 */
export function connectDatabase(url: string, log?: StatementLog): Database {
  const sequelize = createPool(url, {
    maxConnections: MAX_CONNECTIONS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: ANSWER_TIMEOUT_MS,
    log,
  })
  const events = defineEvent(sequelize)
  return {
    url,
    sequelize,
    videos: defineVideo(sequelize),
    processedVideos: defineProcessedVideo(sequelize),
    jobs: defineJob(sequelize),
    overlays: defineOverlay(sequelize),
    assets: defineAsset(sequelize),
    passes: definePass(sequelize),
    idempotencyKeys: defineIdempotencyKey(sequelize),
    apiKeys: defineApiKey(sequelize),
    events,
    webhooks: defineWebhook(sequelize),
    webhookDeliveries: defineWebhookDelivery(sequelize, events),
    templates: defineTemplate(sequelize),
    templateVersions: defineTemplateVersion(sequelize),
    resumableUploads: defineResumableUpload(sequelize),
  }
}

interface PoolOptions {
  readonly maxConnections: number
  readonly statementTimeoutMs: number
  readonly answerTimeoutMs: number
  readonly log?: StatementLog | undefined
}

export function createPool(url: string, options: PoolOptions): Sequelize {
  const { log } = options
  return new Sequelize(url, {
    dialect: 'postgres',
    logging: log ? (sql, durationMs) => log(sql, durationMs) : false,
    benchmark: true,
    pool: { max: options.maxConnections, min: 0, acquire: ACQUIRE_TIMEOUT_MS, idle: 10_000 },
    dialectOptions: {
      application_name: 'cutroom',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: options.statementTimeoutMs,
      query_timeout: options.answerTimeoutMs,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
  })
}

/** Throws `db-unavailable` unless PostgreSQL answers. */
export async function checkDatabase(database: Database): Promise<void> {
  await translating(() => database.sequelize.query('SELECT 1'), translateError)
}

/** Waits for running statements, then closes all connections. The database cannot be used afterwards. */
export async function close(database: Database): Promise<void> {
  await database.sequelize.close()
}
