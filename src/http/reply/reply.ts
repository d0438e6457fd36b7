import type { StoredFile } from '../../jobs/use-cases.js'

/** What a handler returns. Only send-reply.ts writes to the socket. */
export type Reply = JsonReply | FileReply | PageReply | EventsReply | EmptyReply

export interface JsonReply {
  readonly kind: 'json'
  readonly status: number
  readonly body: object
  readonly headers: Readonly<Record<string, string>>
}

/** A stored file, with ranges and conditional requests. */
export interface FileReply {
  readonly kind: 'file'
  readonly file: StoredFile
}

/** A file of the console or the API documentation, or generated text for them. */
export interface PageReply {
  readonly kind: 'page'
  readonly contentType: string
  readonly content: { readonly path: string } | { readonly text: string }
  readonly contentSecurityPolicy: string
  /** Headers of the request that choose between the page and something else. */
  readonly vary?: string
}

/** Server-sent events. */
export interface EventsReply {
  readonly kind: 'events'
  readonly feed: EventFeed
  /** Aborted when the process stops. */
  readonly until: AbortSignal
  /** Called once, when the stream has ended in whatever way. */
  readonly onEnd: () => void
}

export interface EventFeed {
  /** The text of the events since the previous call, ready to be written; empty when there are none. */
  take(): { readonly text: string; readonly isLast: boolean }
  /** Calls back when there may be something to take. Returns a function that stops this. */
  follow(onNews: () => void): () => void
}

export interface EmptyReply {
  readonly kind: 'empty'
}

export function json(body: object, status = 200, headers: Readonly<Record<string, string>> = {}): JsonReply {
  return { kind: 'json', status, body, headers }
}

export function storedFile(file: StoredFile): FileReply {
  return { kind: 'file', file }
}

export function events(feed: EventFeed, until: AbortSignal, onEnd: () => void): EventsReply {
  return { kind: 'events', feed, until, onEnd }
}

export const noContent: EmptyReply = { kind: 'empty' }
