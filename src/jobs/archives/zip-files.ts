import { type Readable, Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** A file of an archive. */
export interface ZippedFile {
  /** In the archive, with `/`. */
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedAt: Date
  /** Opened when the files before it have been sent. */
  readonly open: () => Promise<Readable>
}

/** The exact size of an archive, whose files are stored as they are. */
export function zipBytes(files: readonly ZippedFile[]): number {
  return addAll(new ZipFile(), files, () => undefined)
}

/**
 * An archive, made while it is read, of one file after another; beyond 4 GiB in the format Zip64. The same files give the
 * same bytes. A file that cannot be read ends the stream with its error, and who destroys the stream ends the reading.
 */
export function zipFiles(files: readonly ZippedFile[]): Readable {
  const zip = new ZipFile()
  const made = new CountedBytes()
  let source: Readable | null = null
  const fail = (error: unknown) => made.destroy(error instanceof Error ? error : new Error(String(error)))
  made.once('close', () => source?.destroy())
  // The library tells of errors, and leaves its stream open.
  zip.once('error', fail)
  addAll(zip, files, ({ open }, use) => {
    open().then((opened) => {
      source = opened.once('error', fail)
      if (made.destroyed) source.destroy()
      else use(null, source)
    }, fail)
  })
  pipeline(zip.outputStream, made).catch(fail)
  return made
}

type Read = (file: ZippedFile, use: (error: unknown, source: NodeJS.ReadableStream) => void) => void

/** Returns the size of the archive. */
function addAll(zip: ZipFile, files: readonly ZippedFile[], read: Read): number {
  for (const file of files) {
    const { path, sizeBytes: size, modifiedAt: mtime } = file
    zip.addReadStreamLazy(path, { size, mtime, compress: false, mode: FILE_MODE }, (use) => read(file, use))
  }
  let bytes = -1
  zip.end({ forceZip64Format: hasLargeDirectory(files), comment: '' }, (...found: unknown[]) => {
    bytes = Number(found[0])
  })
  return bytes
}

/** The most bytes that the directory of an archive has for a file, without the name. */
const DIRECTORY_ENTRY_BYTES = 46 + 9 + 28

/**
 * From 64 KiB of directory on, the library (3.3.1) counts a record of Zip64 in the size that it tells and does not write
 * it, unless it is told to.
 */
function hasLargeDirectory(files: readonly ZippedFile[]): boolean {
  const bytes = files.map(({ path }) => DIRECTORY_ENTRY_BYTES + Buffer.byteLength(path))
  return bytes.reduce((sum, one) => sum + one, 0) >= 0xffff
}

/** A file that its owner may write, and others may read. */
const FILE_MODE = 0o100_644

/** Counts what has been made, as files on a disk tell what has been read. */
class CountedBytes extends Transform {
  bytesRead = 0

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytesRead += chunk.length
    done(null, chunk)
  }
}
