/** Where the body of one request arrives. */
export interface IncomingFolder {
  readonly dir: string
  /** To be told how much has arrived. @throws AppError `disk-full` */
  readonly arrived: (totalBytes: number) => Promise<void>
  readonly remove: () => Promise<void>
}
