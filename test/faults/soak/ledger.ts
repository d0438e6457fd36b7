import type { Platform } from '../../e2e/support/platform.js'
import type { InsistentClient } from '../support/insistent-client.js'
import type { Promised, Source } from '../support/load.js'

/** A job that a client was promised, and what the client has done with it since. */
export interface Held {
  promised: Promised
  /** For an upload that may be deleted: its video, and the SHA-256 of the bytes that were sent. */
  readonly upload: { readonly videoId: string; readonly sha256: string } | null
  /** The API has said that the job and its files are gone. */
  isDeleted: boolean
}

export const DEEDS = [
  'submitted',
  'uploaded',
  'refused',
  'cancelled',
  'cancelled too late',
  'retried',
  'deleted',
  'downloaded',
  'followed',
  'stream not opened',
  'listed',
] as const
export type Deed = (typeof DEEDS)[number]

/** Everything that the clients have done and seen. */
export interface Ledger {
  readonly held: Map<string, Held>
  readonly deeds: Map<Deed, number>
  /** Numbers of requests by status; `none` counts those without an answer. */
  readonly requests: Map<string, number>
  /** Answers that should not have come. */
  readonly faults: string[]
}

export function createLedger(): Ledger {
  return { held: new Map(), deeds: new Map(), requests: new Map(), faults: [] }
}

/** What the clients share. */
export interface Soak {
  readonly platform: Platform
  readonly client: InsistentClient
  readonly ledger: Ledger
  /** Videos that are never deleted, because the load is made of them. */
  readonly sources: readonly [Source, ...Source[]]
  /** The clip that is uploaded again and again, and deleted. */
  readonly clip: { readonly path: string; readonly sha256: string }
  /** Aborted when the load is over. */
  readonly over: AbortSignal
}

export function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

export function hold({ held }: Ledger, promised: Promised, upload: Held['upload'] = null): Held {
  const one: Held = { promised, upload, isDeleted: false }
  held.set(promised.jobId, one)
  return one
}

/** The jobs that must exist in the end. */
export function promisesOf({ held }: Ledger): Promised[] {
  return [...held.values()].flatMap(({ promised, isDeleted }) => (isDeleted ? [] : promised))
}
