/** The reader of an answer. */
export interface Audience {
  /** The URL with which this reader, or a player that it passes it to, can fetch the file at `path`. */
  readonly link: (path: string) => string
  /** The reader has no key, where keys are required. */
  readonly isAnonymous: boolean
  /** The reader also gets links to the orchestrator's pages. */
  readonly isOperator: boolean
}
