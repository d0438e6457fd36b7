/** For whom something is presented. */
export interface Audience {
  /** The path of a file as this reader can fetch it, or pass it on to a player. */
  readonly link: (path: string) => string
  /** Nobody knows who reads this. */
  readonly isAnonymous: boolean
  /** Sees how jobs are run, too. */
  readonly isOperator: boolean
}
