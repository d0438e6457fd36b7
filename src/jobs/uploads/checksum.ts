/** Those of the tus protocol. sha1 is the one that every client knows. */
export const CHECKSUMS = ['sha1', 'sha256', 'sha512', 'md5'] as const

/** Of the bytes of one request. */
export interface Checksum {
  readonly algorithm: (typeof CHECKSUMS)[number]
  /** In Base64. */
  readonly digest: string
}
