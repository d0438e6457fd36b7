/** The reader of an answer. */
export interface Audience {
  /** The URL with which this reader, or a player that it passes it to, can fetch the file at `path`. */
  readonly link: (path: string) => string
  /** The same for a stream, which a browser can follow without a key; null: it never expires, as it needs no key. */
  readonly streamLink: (path: string) => { readonly path: string; readonly expiresAt: Date | null }
  /** The reader has no key, where keys are required. */
  readonly isAnonymous: boolean
  /** The reader also gets links to the orchestrator's pages. */
  readonly isOperator: boolean
}
