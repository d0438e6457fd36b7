import type { Picture, StoredFile } from '../../jobs/use-cases.js'

/** What a handler returns. Only send-reply.ts writes to the socket. */
export type Reply = JsonReply | FileReply | PictureReply | PageReply | EventsReply | EmptyReply

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

/** A picture that is made for the request, unless the client has it already. */
export interface PictureReply {
  readonly kind: 'picture'
  readonly picture: Picture
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
  take(): FeedText
  /** What is written now and then while there is nothing to take; absent: a comment. */
  readonly pulse?: () => FeedText
  /** Calls back when there may be something to take. Returns a function that stops this. */
  follow(onNews: () => void): () => void
}

interface FeedText {
  readonly text: string
  readonly isLast: boolean
}

/** An answer without a body. */
export interface EmptyReply {
  readonly kind: 'empty'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

export function json(body: object, status = 200, headers: Readonly<Record<string, string>> = {}): JsonReply {
  return { kind: 'json', status, body, headers }
}

export function storedFile(file: StoredFile): FileReply {
  return { kind: 'file', file }
}

export function madePicture(picture: Picture): PictureReply {
  return { kind: 'picture', picture }
}

export function events(feed: EventFeed, until: AbortSignal, onEnd: () => void): EventsReply {
  return { kind: 'events', feed, until, onEnd }
}

export function empty(status: number, headers: EmptyReply['headers'] = {}): EmptyReply {
  return { kind: 'empty', status, headers }
}

export const noContent = empty(204)
