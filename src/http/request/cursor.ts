import type { JobId } from '../../jobs/model.js'
import type { JobCursor } from '../../jobs/ports/repositories.js'
import { toJobId } from './ids.js'

/**
 * A place in a list of jobs: 22 bytes in base64url, 6 of milliseconds and 16 of the id. Every text of that form is a
 * valid place, so nothing but the pattern has to be checked. The last character carries 2 bits only.
 */
export const CURSOR_PATTERN = /^[A-Za-z0-9_-]{29}[AQgw]$/

export function encodeCursor({ createdAt, id }: JobCursor): string {
  const bytes = Buffer.alloc(22)
  bytes.writeUIntBE(createdAt.getTime(), 0, 6)
  bytes.write(id.replaceAll('-', ''), 6, 'hex')
  return bytes.toString('base64url')
}

/** Decodes a text that matches CURSOR_PATTERN. */
export function decodeCursor(cursor: string): { createdAt: Date; id: JobId } {
  const bytes = Buffer.from(cursor, 'base64url')
  return { createdAt: new Date(bytes.readUIntBE(0, 6)), id: toJobId(bytes.toString('hex', 6)) }
}
