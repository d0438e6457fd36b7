import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isOutage } from '../../errors.js'
import type { UploadsRepository } from '../ports/uploads.js'
import { uploadNotFound } from './find-upload.js'
import type { Upload, UploadId } from './upload.js'

/** A process that dies leaves its leases; after this time others may go on. */
const LEASE_MS = 15_000
const RENEW_MS = 1_000
/** Leaves a living holder the time to write what it has. */
const WAIT_MS = 20_000
const LOOK_AGAIN_MS = 100

/** The right to change an upload, of one process at a time, on all machines. */
export interface Lease {
  readonly token: string
  /** As it was when the lease was taken. */
  readonly upload: Upload
  /** Aborted when the lease is lost, or was not renewed for so long that it may be. */
  readonly lost: AbortSignal
  readonly release: () => Promise<void>
}

interface LeaseRequest {
  readonly id: UploadId
  /** Ends the wait. */
  readonly signal: AbortSignal
  /** Someone else waits for it, or it is lost. Called at most once. */
  readonly onAsked: () => void
}

/**
 * Waits until nobody else holds the upload. A holder is asked to let go: a client that lost its connection comes back
 * before the server has noticed that the old one is dead.
 * @throws AppError `upload-not-found`, `upload-locked`
 */
export async function takeLease(
  uploads: UploadsRepository,
  { id, signal, onAsked }: LeaseRequest,
): Promise<Lease> {
  const token = randomUUID()
  const first = await uploads.acquire(id, token, LEASE_MS)
  if (first) return holdLease(uploads, { upload: first, token, onAsked })
  return queued(uploads, id, async () => {
    for (const end = performance.now() + WAIT_MS; performance.now() < end;) {
      const upload = await uploads.acquire(id, token, LEASE_MS)
      if (upload) return holdLease(uploads, { upload, token, onAsked })
      if (!(await uploads.get(id))) throw uploadNotFound()
      await delay(LOOK_AGAIN_MS, undefined, { signal })
    }
    throw uploadLocked()
  })
}

/** Requests of this process that wait for the same upload. Each asks PostgreSQL again and again. */
const MAX_WAITING = 4
const waiting = new WeakMap<UploadsRepository, Map<UploadId, number>>()

async function queued<T>(uploads: UploadsRepository, id: UploadId, work: () => Promise<T>): Promise<T> {
  const counts = waiting.get(uploads) ?? new Map<UploadId, number>()
  waiting.set(uploads, counts)
  const others = counts.get(id) ?? 0
  if (others >= MAX_WAITING) throw uploadLocked()
  counts.set(id, others + 1)
  try {
    return await work()
  } finally {
    const left = (counts.get(id) ?? 1) - 1
    if (left > 0) counts.set(id, left)
    else counts.delete(id)
  }
}

function uploadLocked(): AppError {
  return new AppError(
    'upload-locked',
    'Another request sends bytes to this upload. Try again when it has ended.',
  )
}

interface Held {
  readonly upload: Upload
  readonly token: string
  readonly onAsked: () => void
}

function holdLease(uploads: UploadsRepository, { upload, token, onAsked }: Held): Lease {
  const lost = new AbortController()
  let renewedMs = performance.now()
  let isAsked = false
  const ask = () => {
    if (isAsked) return
    isAsked = true
    onAsked()
  }
  const lose = () => {
    lost.abort()
    ask()
  }
  const renew = async () => {
    const askedMs = performance.now()
    const state = await uploads.renew(upload.id, token, LEASE_MS)
    if (state === 'lost') lose()
    else renewedMs = askedMs
    if (state === 'asked') ask()
  }
  const timer = setInterval(() => {
    if (performance.now() - renewedMs > LEASE_MS) lose()
    // An outage may pass before the lease runs out.
    renew().catch(() => undefined)
  }, RENEW_MS)
  timer.unref()
  return {
    token,
    upload,
    lost: lost.signal,
    release: async () => {
      clearInterval(timer)
      await uploads.release(upload.id, token).catch((error: unknown) => {
        // It runs out by itself.
        if (!isOutage(error)) throw error
      })
    },
  }
}

/** Holds the upload while the work goes on, and lets go whatever comes of it. */
export async function withLease<T>(
  uploads: UploadsRepository,
  id: UploadId,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const lease = await takeLease(uploads, { id, signal: new AbortController().signal, onAsked: () => {} })
  try {
    return await work(lease)
  } finally {
    await lease.release()
  }
}
