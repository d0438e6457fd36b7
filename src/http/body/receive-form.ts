import type { Request } from 'express'
import multer from 'multer'
import { AppError, type FieldIssue, isDiskFull, toPointer } from '../../errors.js'
import type { IncomingFolder } from '../../jobs/ports/incoming-folder.js'
import type { ReceivedFile } from '../../jobs/use-cases.js'
import type { Exchange } from '../exchange.js'
import { createHashingStorage, type HashingStorage } from './hashing-storage.js'
import { FILE_PART, maxFormBytes, uploadTooLarge } from './upload-limits.js'

const LIMITS = { files: 4, fields: 8, parts: 12, fieldNameSize: 100, fieldSize: 20 * 1024, headerPairs: 20 }

export interface ReceivedForm {
  readonly file: ReceivedFile | null
  readonly texts: Readonly<Record<string, unknown>>
  readonly issues: readonly FieldIssue[]
}

/**
 * Streams a multipart form into a folder. Parts that are not allowed are discarded, each with an issue. When this has
 * settled, nothing writes to the folder any more.
 * @throws AppError `request-invalid`, `upload-too-large`, `upload-aborted`, `disk-full`, `storage-unavailable`
 */
export async function receiveForm(
  exchange: Exchange,
  { dir, arrived }: Pick<IncomingFolder, 'dir' | 'arrived'>,
  maxFileBytes: number,
): Promise<ReceivedForm> {
  const { req } = exchange
  // The parser would never notice a client that disconnected before it started to listen.
  if (req.destroyed) throw aborted()
  const issues: FieldIssue[] = []
  const storage = createHashingStorage(dir)
  const tooLarge = () => uploadTooLarge(maxFileBytes)
  try {
    await new Promise<void>((resolve, reject) => {
      storage.onTooLarge(() => reject(tooLarge()))
      formParser(storage, maxFileBytes, issues)(req, exchange.res, (error: unknown) => {
        if (error === undefined) resolve()
        else reject(toAppError(error, req))
      })
      // multer reads and discards the rest of a refused body; this limits how much.
      countBytes(req, (totalBytes) => {
        if (totalBytes > maxFormBytes(maxFileBytes)) reject(tooLarge())
        arrived(totalBytes).catch(reject)
      })
    })
  } finally {
    await storage.stop()
  }
  const texts: unknown = req.body
  return { file: storage.received(), texts: isRecord(texts) ? { ...texts } : {}, issues }
}

function formParser(storage: HashingStorage, maxFileBytes: number, issues: FieldIssue[]) {
  return multer({
    storage,
    limits: { ...LIMITS, fileSize: maxFileBytes },
    // Browsers and curl send UTF-8, but multer's default is Latin-1.
    defParamCharset: 'utf8',
    preservePath: true,
    fileFilter: (_req, part, accept) => {
      const message = refusal(part.fieldname, storage)
      if (message !== null) issues.push({ pointer: toPointer([part.fieldname]), message })
      accept(null, message === null)
    },
  }).any()
}

function refusal(partName: string, storage: HashingStorage): string | null {
  if (partName !== FILE_PART) return 'is not allowed'
  return storage.hasFile() ? 'must be one file; the form has several' : null
}

function countBytes(req: Request, onBytes: (totalBytes: number) => void): void {
  let total = 0
  req.on('data', (chunk: Buffer) => {
    total += chunk.length
    onBytes(total)
  })
}

/** multer and busboy throw MulterError for exceeded limits and plain errors for malformed forms. */
function toAppError(cause: unknown, req: Request): AppError {
  if (req.destroyed && !req.readableEnded) {
    return aborted(cause)
  }
  if (cause instanceof multer.MulterError) {
    const issues = [{ pointer: toPointer(cause.field ? [cause.field] : []), message: cause.message }]
    return new AppError('request-invalid', `The form is not valid: ${cause.message}.`, { cause, issues })
  }
  if (isSystemError(cause)) {
    const code = isDiskFull(cause) ? 'disk-full' : 'storage-unavailable'
    return new AppError(code, 'The upload cannot be stored.', { cause })
  }
  return new AppError('request-invalid', 'The body is not a valid multipart form.', { cause })
}

function aborted(cause?: unknown): AppError {
  return new AppError('upload-aborted', 'The connection was closed before the upload had arrived.', { cause })
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
