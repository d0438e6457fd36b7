/** What a reader of an error code wants to know. Markdown with code only. */
export interface Explanation {
  readonly cause: string
  readonly example: string
  /** What to do. */
  readonly remedy: string
}
