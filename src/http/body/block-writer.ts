import { type FileHandle, open } from 'node:fs/promises'
import { Writable } from 'node:stream'

const BLOCK_BYTES = 1024 * 1024

/**
 * A stream into a new file (mode 0600, EEXIST when there is one) that fills one block while another is being written.
 * Node's own file stream takes nothing in while it writes, and keeps every piece as it came until then.
 */
export function createBlockWriter(path: string): Writable {
  let file: FileHandle | null = null
  let [filling, idle] = [Buffer.allocUnsafeSlow(BLOCK_BYTES), Buffer.allocUnsafeSlow(BLOCK_BYTES)]
  let filledBytes = 0
  let writing: Promise<void> = Promise.resolve()

  async function add(chunk: Buffer): Promise<void> {
    for (let rest = chunk; rest.length > 0;) {
      const copiedBytes = rest.copy(filling, filledBytes)
      filledBytes += copiedBytes
      rest = rest.subarray(copiedBytes)
      if (filledBytes === BLOCK_BYTES) await swap()
    }
  }

  async function swap(): Promise<void> {
    await writing
    writing = writeWhole(opened(file), filling.subarray(0, filledBytes))
    // The next one to wait for it gets the error.
    writing.catch(() => {})
    ;[filling, idle] = [idle, filling]
    filledBytes = 0
  }

  async function release(): Promise<void> {
    await writing.catch(() => {})
    await file?.close()
  }

  return new Writable({
    construct: (done) => {
      open(path, 'wx', 0o600).then((handle) => {
        file = handle
        done()
      }, done)
    },
    write: (chunk: Buffer, _encoding, done) => {
      add(chunk).then(() => done(), done)
    },
    final: (done) => {
      swap()
        .then(() => writing)
        .then(() => done(), done)
    },
    destroy: (error, done) => {
      release().then(() => done(error), done)
    },
  })
}

async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    const { bytesWritten } = await file.write(rest)
    rest = rest.subarray(bytesWritten)
  }
}

function opened(file: FileHandle | null): FileHandle {
  if (file === null) throw new Error('unreachable: nothing is written before the file is open')
  return file
}
