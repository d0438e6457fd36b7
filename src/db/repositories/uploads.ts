import { Op, QueryTypes, type Transaction } from 'sequelize'
import { validate as isUuid } from 'uuid'
import type { Owner } from '../../jobs/model.js'
import type { Idempotency } from '../../jobs/ports/jobs.js'
import type { NewUpload, UploadOutcome, UploadsRepository } from '../../jobs/ports/uploads.js'
import type { Upload } from '../../jobs/uploads/upload.js'
import { storableText } from '../../storable.js'
import type { Database } from '../database.js'
import type { ResumableUploadRow } from '../models/resumable-upload.js'
import { lockOwner } from './lock-owner.js'

/** The clock of the database decides, as those of several machines differ. */
const ACQUIRE = `
WITH before AS (SELECT id, lease_token FROM resumable_uploads WHERE id = $id FOR UPDATE)
UPDATE resumable_uploads upload
SET lease_token = $token, leased_until = now() + $leaseMs * interval '1 ms', release_asked = false,
  needs_new_file = needs_new_file OR before.lease_token IS NOT NULL
FROM before
WHERE upload.id = before.id AND (before.lease_token IS NULL OR upload.leased_until < now())
RETURNING upload.id`

const ASK = 'UPDATE resumable_uploads SET release_asked = true WHERE id = $id AND lease_token IS NOT NULL'

const RENEW = `
UPDATE resumable_uploads SET leased_until = now() + $leaseMs * interval '1 ms'
WHERE id = $id AND lease_token = $token RETURNING release_asked`

export function createUploadsRepository(database: Database): UploadsRepository {
  const { sequelize, resumableUploads: rows } = database
  const select = <Row extends object>(sql: string, bind: Record<string, unknown>) =>
    sequelize.query<Row>(sql, { bind, type: QueryTypes.SELECT })
  return {
    create: (upload, maxOpen, idempotency) =>
      sequelize.transaction((transaction) =>
        createOnce(database, { upload, maxOpen, idempotency }, transaction),
      ),
    async get(id) {
      const row = isUuid(id) ? await rows.findByPk(id) : null
      return row && toUpload(row)
    },
    countOpen: (owner) => rows.count({ where: openOf(owner) }),
    async acquire(id, token, leaseMs) {
      const taken = await select(ACQUIRE, { id, token, leaseMs })
      if (taken.length === 0) {
        await sequelize.query(ASK, { bind: { id } })
        return null
      }
      const row = await rows.findOne({ where: { id, leaseToken: token } })
      return row && toUpload(row)
    },
    async renew(id, token, leaseMs) {
      const [row] = await select<{ release_asked: boolean }>(RENEW, { id, token, leaseMs })
      if (!row) return 'lost'
      return row.release_asked ? 'asked' : 'held'
    },
    async release(id, token) {
      await rows.update({ leaseToken: null, leasedUntil: null }, { where: { id, leaseToken: token } })
    },
    async update(id, token, change) {
      const [count] = await rows.update(change, { where: { id, leaseToken: token } })
      return count > 0
    },
    delete: async (id, token) => (await rows.destroy({ where: { id, leaseToken: token } })) > 0,
    ...expiry(database),
  }
}

function expiry({
  sequelize,
  resumableUploads: rows,
}: Database): Pick<UploadsRepository, 'listExpired' | 'deleteExpired'> {
  return {
    async listExpired(now, limit) {
      const found = await rows.findAll({
        where: { expiresAt: { [Op.lt]: now } },
        attributes: ['id'],
        order: ['expiresAt'],
        limit,
      })
      return found.map(({ id }) => id)
    },
    async deleteExpired(id, now) {
      const isFree = { [Op.or]: [{ leasedUntil: null }, { leasedUntil: { [Op.lt]: sequelize.fn('now') } }] }
      return (await rows.destroy({ where: { id, expiresAt: { [Op.lt]: now }, ...isFree } })) > 0
    },
  }
}

interface Creation {
  readonly upload: NewUpload
  readonly maxOpen: number
  readonly idempotency: Idempotency | null
}

async function createOnce(
  database: Database,
  { upload, maxOpen, idempotency }: Creation,
  transaction: Transaction,
): Promise<UploadOutcome> {
  const { resumableUploads: rows } = database
  // Two requests at once would each find room for one, and each find the key unused.
  await lockOwner(database, 'uploads', upload.owner, transaction)
  const { owner, partIds } = upload
  if (idempotency) {
    const used = await rows.findOne({ where: { owner, idempotencyKey: idempotency.key }, transaction })
    if (used && used.fingerprint !== idempotency.fingerprint) return { kind: 'key-reused' }
    if (used) return { kind: 'existing', upload: toUpload(used) }
  }
  const free = { id: [...partIds], owner, kind: 'part' as const, joinedId: null }
  if ((await rows.count({ where: free, transaction })) < partIds.length) return { kind: 'part-taken' }
  if ((await rows.count({ where: openOf(owner), transaction })) >= maxOpen) return { kind: 'too-many' }
  const row = await rows.create(
    {
      ...upload,
      partIds: [...partIds],
      originalFilename: storableText(upload.originalFilename),
      idempotencyKey: idempotency?.key ?? null,
      fingerprint: idempotency?.fingerprint ?? null,
    },
    { transaction },
  )
  await rows.update({ joinedId: upload.id }, { where: { id: [...partIds] }, transaction })
  await row.reload({ transaction })
  return { kind: 'created', upload: toUpload(row) }
}

/** Parts that were joined take no room of their own. */
function openOf(owner: Owner) {
  return { owner, status: 'open' as const, joinedId: null }
}

function toUpload(row: ResumableUploadRow): Upload {
  return {
    id: row.id,
    owner: row.owner,
    kind: row.kind,
    originalFilename: row.originalFilename,
    metadata: row.metadata,
    priority: row.priority,
    // PostgreSQL's bigints arrive as text.
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    receivedBytes: Number(row.receivedBytes),
    fileNumber: row.fileNumber,
    needsNewFile: row.needsNewFile,
    status: row.status,
    jobId: row.jobId,
    videoId: row.videoId,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    partIds: row.partIds,
    joinedId: row.joinedId,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
  }
}
