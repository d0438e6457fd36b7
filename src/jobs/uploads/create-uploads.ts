import { v7 as uuidv7 } from 'uuid'
import { AppError, assertNever } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import type { Arrivals } from '../incoming-folders.js'
import type { Owner } from '../model.js'
import type { Idempotency } from '../ports/repositories.js'
import type { NewUpload } from '../ports/uploads.js'
import { requireStoredRoom } from '../quotas/stored-room.js'
import { appendBytes } from './append-bytes.js'
import { findUpload, uploadNotFound } from './find-upload.js'
import { finishUpload } from './finish-upload.js'
import { joinParts } from './join-uploads.js'
import { type Lease, takeLease } from './lease.js'
import { leaseLost, removeBytes } from './part-file.js'
import { expiryOf, isWhole, type Upload, type UploadId } from './upload.js'
import type { HeldUpload, JoinRequest, UploadRequest, UploadUseCases } from './use-cases.js'

/** Of one owner, whether anything of them has arrived or not. */
export const MAX_UNFINISHED = 1000

export function createUploads(deps: JobsDeps, arrivals: Arrivals): UploadUseCases {
  const { uploads } = deps.repositories
  return {
    create: (owner, request, idempotency) => createUpload(deps, owner, request, idempotency),
    join: (owner, request) => joinUploads(deps, arrivals, owner, request),
    get: (id) => findUpload(deps, id),
    hold: async (id, signal, onAsked) =>
      heldUpload(deps, arrivals, await takeLease(uploads, { id, signal, onAsked })),
    async finish(id) {
      const upload = await findUpload(deps, id)
      if (upload.status !== 'open' || upload.kind === 'part') return upload
      if (upload.kind === 'joined' && !isWhole(upload)) await fill(deps, arrivals, upload)
      else if (!isWhole(upload)) return upload
      await finishUpload(deps, id)
      return findUpload(deps, id)
    },
  }
}

async function createUpload(
  deps: JobsDeps,
  owner: Owner,
  { isPart, ...request }: UploadRequest,
  idempotency: Idempotency | null,
): Promise<Upload> {
  const announcedBytes = request.sizeBytes ?? 0
  await requireStoredRoom(deps, owner, announcedBytes)
  await requireRoom(deps, announcedBytes)
  return insert(
    deps,
    newUpload(deps, owner, { ...request, kind: isPart ? 'part' : 'whole', partIds: [] }),
    idempotency,
  )
}

async function joinUploads(
  deps: JobsDeps,
  arrivals: Arrivals,
  owner: Owner,
  { maxBytes, ...request }: JoinRequest,
): Promise<Upload> {
  const parts = await Promise.all(request.partIds.map((id) => findUpload(deps, id)))
  for (const part of parts) {
    if (part.owner !== owner || part.kind !== 'part') throw uploadNotFound()
    if (!isWhole(part))
      throw new AppError('upload-incomplete', 'One of the parts has not arrived completely.')
  }
  const sizeBytes = parts.reduce((sum, part) => sum + part.receivedBytes, 0)
  if (sizeBytes > maxBytes) {
    throw new AppError('upload-too-large', `The file is larger than the maximum of ${maxBytes} bytes.`)
  }
  const joined =
    (await findJoined(deps, parts)) ??
    (await insert(deps, newUpload(deps, owner, { ...request, sizeBytes, kind: 'joined' }), null))
  await fill(deps, arrivals, joined)
  return findUpload(deps, joined.id)
}

/** What these parts were joined to already, by a request whose answer was lost. */
async function findJoined(deps: JobsDeps, parts: readonly Upload[]): Promise<Upload | null> {
  const [first] = parts
  if (!first || first.joinedId === null) return null
  const joined = await findUpload(deps, first.joinedId)
  const isSame =
    joined.partIds.length === parts.length && parts.every(({ id }, n) => joined.partIds[n] === id)
  if (!isSame) throw partTaken()
  return joined
}

async function fill(deps: JobsDeps, arrivals: Arrivals, joined: Upload): Promise<void> {
  if (joined.status !== 'open' || isWhole(joined)) return
  const arrival = await arrivals(joined.owner, (joined.sizeBytes ?? 0) - joined.receivedBytes)
  try {
    await joinParts(deps, joined, arrival)
  } finally {
    arrival.end()
  }
}

function newUpload(
  { retention }: Pick<JobsDeps, 'retention'>,
  owner: Owner,
  request: Omit<NewUpload, 'id' | 'owner' | 'createdAt' | 'expiresAt'>,
): NewUpload {
  const createdAt = new Date()
  const expiresAt = expiryOf(createdAt, createdAt, retention.incomingMaxAgeHours)
  return { ...request, id: uuidv7() as UploadId, owner, createdAt, expiresAt }
}

async function insert(
  { repositories }: Pick<JobsDeps, 'repositories'>,
  upload: NewUpload,
  idempotency: Idempotency | null,
): Promise<Upload> {
  const outcome = await repositories.uploads.create(upload, MAX_UNFINISHED, idempotency)
  switch (outcome.kind) {
    case 'created':
    case 'existing':
      return outcome.upload
    case 'key-reused':
      throw new AppError(
        'idempotency-key-reused',
        'The Idempotency-Key was already used for a different upload. Use a new key for each new one.',
      )
    case 'too-many':
      throw new AppError(
        'too-many-uploads',
        `${MAX_UNFINISHED} uploads are unfinished, which is the maximum of one owner. Finish or delete some.`,
      )
    case 'part-taken':
      throw partTaken()
    default:
      return assertNever(outcome)
  }
}

function partTaken(): AppError {
  return new AppError('upload-finished', 'One of the parts is a piece of another upload already.')
}

function heldUpload(deps: JobsDeps, arrivals: Arrivals, lease: Lease): HeldUpload {
  const { upload, token, release } = lease
  const { uploads } = deps.repositories
  return {
    upload,
    release,
    async setSize(sizeBytes) {
      if (!(await uploads.update(upload.id, token, { sizeBytes }))) throw leaseLost()
    },
    async append({ announcedBytes, ...incoming }) {
      await requireStoredRoom(deps, upload.owner, announcedBytes)
      const arrival = await arrivals(upload.owner, announcedBytes)
      try {
        return await appendBytes(deps, lease, { ...incoming, arrival })
      } finally {
        arrival.end()
      }
    },
    async remove() {
      if (!(await uploads.delete(upload.id, token))) throw leaseLost()
      await removeBytes(deps, upload.id)
    },
  }
}
