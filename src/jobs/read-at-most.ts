import { open } from 'node:fs/promises'

/** Reads a whole file; null: it has more than `maxBytes`. */
export type ReadAtMost = (maxBytes: number) => Promise<Buffer | null>

/** For bytes that were read before; null: they were too many. */
export function heldReader(bytes: Uint8Array | null): ReadAtMost {
  return () => Promise.resolve(bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

/** For a file on this machine. */
export function localReader(path: string): ReadAtMost {
  return async (maxBytes) => {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      return size > maxBytes ? null : await file.readFile()
    } finally {
      await file.close()
    }
  }
}
