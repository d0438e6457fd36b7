import {
  closeSync,
  createWriteStream,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  type WriteStream,
} from 'node:fs'
import { finished } from 'node:stream/promises'

/** A file that lines are appended to, and its predecessors: `path`, then `path.1` (the latest), `path.2` and so on. */
export interface LineFile {
  /** Never throws and never waits. A line that cannot be written is lost; the next one is tried again. */
  readonly write: (line: string) => void
  /** Waits until everything is written. Lines that come later are dropped. */
  readonly close: () => Promise<void>
}

export interface LineFileBounds {
  /** Size of a file. Only a single longer line makes a larger one. */
  readonly maxBytes: number
  /** Number of predecessors that are kept. */
  readonly keep: number
}

/**
 * Opens a file for lines and keeps it within bounds: a full one is renamed and a new one begun, as `tail -F` expects.
 * No line is cut by that, as what the stream has yet to write goes into the renamed file.
 */
export function openLineFile(path: string, { maxBytes, keep }: LineFileBounds): LineFile {
  const ending = new Set<Promise<void>>()
  let current = tryOpen(path)
  let isClosed = false
  const end = ({ stream }: OpenFile) => {
    const ended = finished(stream.end()).catch(() => {})
    ending.add(ended)
    void ended.then(() => ending.delete(ended))
  }
  const startNext = (full: OpenFile): OpenFile | null => {
    if (rotate(path, keep)) {
      end(full)
      return tryOpen(path)
    }
    // A file that cannot be renamed grows on, which loses no lines, and is tried again after as many bytes.
    full.bytes = 0
    return full
  }
  return {
    write: (line) => {
      if (isClosed) return
      const bytes = Buffer.from(`${line}\n`)
      // A stream that has met an error (a full disk) takes nothing any more.
      if (!current || current.stream.destroyed) current = tryOpen(path)
      const isFull = current && current.bytes > 0 && current.bytes + bytes.length > maxBytes
      if (current && isFull) current = startNext(current)
      if (!current) return
      current.bytes += bytes.length
      current.stream.write(bytes)
    },
    close: async () => {
      isClosed = true
      if (current) end(current)
      await Promise.all(ending)
    },
  }
}

interface OpenFile {
  readonly stream: WriteStream
  /** Size of the file once the stream has written everything. */
  bytes: number
}

/** Opens the file at once, so that a rotation renames what is written to. null: it cannot be opened now. */
function tryOpen(path: string): OpenFile | null {
  let file: number | null = null
  try {
    file = openSync(path, 'a+')
    const { size } = fstatSync(file)
    const isCut = size > 0 && !endsInNewline(file, size)
    const stream = createWriteStream(path, { fd: file })
    // A full disk must not end the platform for want of a log line.
    stream.on('error', () => {})
    if (isCut) stream.write('\n')
    return { stream, bytes: size + Number(isCut) }
  } catch {
    if (file !== null) closeSync(file)
    return null
  }
}

/** A full disk or a power cut may have cut the last line, to which the next one must not be joined. */
function endsInNewline(file: number, size: number): boolean {
  const last = Buffer.alloc(1)
  return readSync(file, last, 0, 1, size - 1) === 1 && last.toString('latin1') === '\n'
}

/** Renames `path` to `path.1`, `path.1` to `path.2` and so on; the last is replaced. @returns whether `path` is free */
function rotate(path: string, keep: number): boolean {
  for (let number = keep; number > 1; number -= 1) tryRename(`${path}.${number - 1}`, `${path}.${number}`)
  return tryRename(path, `${path}.1`) || !existsSync(path)
}

function tryRename(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch {
    return false
  }
}
