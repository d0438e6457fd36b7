import type { Readable } from 'node:stream'
import type { Lock } from '@tus/server'
import { DataStore, Upload as TusUpload } from '@tus/utils'
import { AppError } from '../../errors.js'
import type { Checksum } from '../../jobs/uploads/checksum.js'
import type { Upload, UploadId } from '../../jobs/uploads/upload.js'
import type { HeldUpload, UploadUseCases } from '../../jobs/uploads/use-cases.js'

export const TUS_EXTENSIONS = [
  'creation',
  'creation-with-upload',
  'creation-defer-length',
  'termination',
  'expiration',
  'checksum',
  'concatenation',
]

/** The library adds it to the time of creation; ours depends on the last byte, and is subtracted before. */
const EXPIRATION_MS = 86_400_000

interface StoreParts {
  readonly resumable: UploadUseCases
  readonly maxBytes: number
  readonly contentLength: number | null
  readonly checksum: Checksum | null
}

/** What the library needs of a store, for one request, over the use cases. The lock holds the upload. */
export class TusStore extends DataStore {
  readonly #parts: StoreParts
  #held: HeldUpload | null = null
  #writing: Promise<unknown> = Promise.resolve()

  constructor(parts: StoreParts) {
    super()
    this.#parts = parts
    this.extensions = TUS_EXTENSIONS
  }

  /** The library misspells the extension that it asks for. */
  override hasExtension(name: string): boolean {
    return super.hasExtension(name === 'concatentation' ? 'concatenation' : name)
  }

  override getExpiration(): number {
    return EXPIRATION_MS
  }

  /** The row is there already: its id was needed before. */
  override create(upload: TusUpload): Promise<TusUpload> {
    if (this.#held) upload.creation_date = creationDate(this.#held.upload)
    return Promise.resolve(upload)
  }

  override async getUpload(id: string): Promise<TusUpload> {
    const upload = this.#held?.upload ?? (await this.#parts.resumable.get(id as UploadId))
    return new TusUpload({
      id,
      ...(upload.sizeBytes === null ? {} : { size: upload.sizeBytes }),
      offset: upload.receivedBytes,
      metadata: { filename: upload.originalFilename },
      creation_date: creationDate(upload),
    })
  }

  override async declareUploadLength(_id: string, sizeBytes: number): Promise<void> {
    await this.#hold().setSize(sizeBytes)
  }

  override async write(stream: Readable, _id: string, offset: number): Promise<number> {
    const { maxBytes, contentLength, checksum } = this.#parts
    const held = this.#hold()
    const { receivedBytes, sizeBytes } = held.upload
    if (offset !== receivedBytes) throw wrongOffset(receivedBytes)
    const announcedBytes = contentLength ?? (sizeBytes ?? maxBytes) - receivedBytes
    const writing = held.append({ bytes: stream, announcedBytes, checksum })
    this.#writing = writing.catch(() => undefined)
    return writing
  }

  override async remove(): Promise<void> {
    await this.#hold().remove()
  }

  newLock(id: string): Lock {
    return {
      lock: async (signal, cancel) => {
        this.#held = await this.#parts.resumable.hold(id as UploadId, signal, () => void cancel())
      },
      unlock: async () => {
        await this.#writing
        const held = this.#held
        this.#held = null
        await held?.release()
      },
    }
  }

  #hold(): HeldUpload {
    if (!this.#held) throw new Error('unreachable: the library locks before it reads or writes')
    return this.#held
  }
}

function creationDate({ expiresAt }: Upload): string {
  return new Date(expiresAt.getTime() - EXPIRATION_MS).toISOString()
}

function wrongOffset(receivedBytes: number): AppError {
  return new AppError('upload-offset-wrong', `The upload continues at the offset ${receivedBytes}.`)
}
