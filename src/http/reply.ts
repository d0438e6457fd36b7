import type { StoredFile } from '../jobs/use-cases.js'

/** What a handler answers with. Only send-reply.ts writes to the socket. */
export type Reply = JsonReply | FileReply | PageReply | EmptyReply

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

/** A file of the application's own pages, or text made for one. */
export interface PageReply {
  readonly kind: 'page'
  readonly contentType: string
  readonly content: { readonly path: string } | { readonly text: string }
  readonly contentSecurityPolicy: string
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

export const noContent: EmptyReply = { kind: 'empty' }
