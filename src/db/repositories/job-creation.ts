import { EmptyResultError, ForeignKeyConstraintError, type Transaction } from 'sequelize'
import { validate as isUuid } from 'uuid'
import { AppError } from '../../errors.js'
import type { Owner, VideoId } from '../../jobs/model.js'
import type {
  CreateOutcome,
  Idempotency,
  JobsRepository,
  NewJob,
  NewVideo,
  RepeatOutcome,
} from '../../jobs/ports/repositories.js'
import { assertStorable, storableObject, storableText } from '../../storable.js'
import type { Database } from '../database.js'
import { type LimitedDatabase, requireQueueRoom } from './queue-limit.js'
import { columnsOfFacts } from './videos.js'

/** An entry of a PostgreSQL index holds up to 2,700 bytes. */
const MAX_KEY_LENGTH = 500
/** A key can vanish with its job after claiming it failed and before it is read, but hardly twice in a row. */
const MAX_CLAIMS = 3

type JobCreation = Pick<JobsRepository, 'createUpload' | 'create' | 'recall'>

export function jobCreation(database: LimitedDatabase): JobCreation {
  return {
    createUpload: (video, job, idempotency) => createUpload(database, video, job, idempotency),
    create: (job, idempotency) =>
      createOnce(database, job, idempotency, async (transaction) => {
        await lockAssets(database, job, transaction)
        await lockVideos(database, job, transaction)
        await insertJob(database, job, transaction)
      }),
    recall: (owner, idempotency) => recall(database, owner, idempotency),
  }
}

async function createUpload(
  database: LimitedDatabase,
  video: NewVideo,
  job: NewJob,
  idempotency: Idempotency | null,
): Promise<CreateOutcome> {
  const { facts, ...columns } = video
  // The config repeats the file's name, and a name with odd characters is no reason to refuse a video.
  const uploadJob = { ...job, config: storableObject(job.config) }
  return createOnce(database, uploadJob, idempotency, async (transaction) => {
    await database.videos.create(
      { ...columns, ...columnsOfFacts(facts), originalFilename: storableText(video.originalFilename) },
      { transaction },
    )
    await insertJob(database, uploadJob, transaction)
  })
}

/** Runs the insert in a transaction that also claims the idempotency key. */
async function createOnce(
  database: LimitedDatabase,
  job: NewJob,
  idempotency: Idempotency | null,
  insert: (transaction: Transaction) => Promise<void>,
): Promise<CreateOutcome> {
  assertStorable(job.config, '')
  assertStorable(job.metadata, '/metadata')
  for (let claim = 1; claim <= MAX_CLAIMS; claim += 1) {
    const isCreated = await database.sequelize.transaction(async (transaction) => {
      if (idempotency && !(await claimKey(database, job, idempotency, transaction))) return false
      await requireQueueRoom(database, job.owner, transaction)
      await insert(transaction)
      return true
    })
    if (isCreated || !idempotency) return { kind: 'created' }
    const repeated = await recall(database, job.owner, idempotency)
    if (repeated) return repeated
  }
  throw new AppError('db-unavailable', 'The jobs of the idempotency key are being deleted. Try again.')
}

async function recall(
  { idempotencyKeys }: Database,
  owner: Owner,
  { key, fingerprint }: Idempotency,
): Promise<RepeatOutcome | null> {
  const used = await idempotencyKeys.findOne({ where: { owner, key } })
  if (!used) return null
  return used.fingerprint === fingerprint ? { kind: 'existing', jobId: used.jobId } : { kind: 'key-reused' }
}

/** Returns false when the key is taken. Waits for another transaction that is claiming the same key. */
async function claimKey(
  database: Database,
  job: NewJob,
  { key, fingerprint }: Idempotency,
  transaction: Transaction,
): Promise<boolean> {
  if (key.length > MAX_KEY_LENGTH) {
    throw new AppError(
      'request-invalid',
      `The idempotency key is longer than the maximum of ${MAX_KEY_LENGTH} characters.`,
    )
  }
  try {
    await database.idempotencyKeys.create(
      { owner: job.owner, key, fingerprint, jobId: job.id },
      { ignoreDuplicates: true, transaction },
    )
    return true
  } catch (error) {
    // Sequelize throws this when ON CONFLICT DO NOTHING inserted nothing.
    if (error instanceof EmptyResultError) return false
    throw error
  }
}

/**
 * Share-locks the job's versions of assets, which may be retired by now. This waits for deletions under way, and a
 * version that was found cannot be deleted before this job is visible to the deletion. Throws `asset-not-found`.
 */
async function lockAssets(database: Database, job: NewJob, transaction: Transaction): Promise<void> {
  const ids = new Set(job.assetIds)
  if (ids.size === 0) return
  const rows = await database.assets.findAll({
    where: { owner: job.owner, id: [...ids] },
    attributes: ['id'],
    order: ['id'],
    lock: transaction.LOCK.KEY_SHARE,
    transaction,
  })
  if (rows.length < ids.size) throw new AppError('asset-not-found', 'An asset of the edit was just deleted.')
}

/** The same for the videos that the job reads besides its own. Throws `video-not-found`. */
async function lockVideos(database: Database, job: NewJob, transaction: Transaction): Promise<void> {
  if (job.otherVideoIds.length === 0) return
  const rows = await database.videos.findAll({
    where: { owner: job.owner, id: job.otherVideoIds.filter((id) => isUuid(id)) },
    attributes: ['id'],
    order: ['id'],
    lock: transaction.LOCK.KEY_SHARE,
    transaction,
  })
  const found = new Set(rows.map(({ id }) => id))
  const missing = job.otherVideoIds.find((id) => !found.has(id))
  if (missing !== undefined) throw videoNotFound(missing)
}

async function insertJob(database: Database, job: NewJob, transaction: Transaction): Promise<void> {
  if (!isUuid(job.videoId)) throw videoNotFound(job.videoId)
  try {
    await database.jobs.create(
      { ...job, assetIds: [...new Set(job.assetIds)], otherVideoIds: [...new Set(job.otherVideoIds)] },
      { transaction },
    )
  } catch (error) {
    if (error instanceof ForeignKeyConstraintError) throw videoNotFound(job.videoId, error)
    throw error
  }
}

function videoNotFound(id: VideoId, cause?: Error): AppError {
  return new AppError('video-not-found', `There is no video with the id ${id}.`, { cause })
}
