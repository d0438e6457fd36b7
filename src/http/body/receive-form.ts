import type { Request } from 'express'
import multer from 'multer'
import { AppError, type FieldIssue, isDiskFull } from '../../errors.js'
import type { ReceivedFile } from '../../jobs/use-cases.js'
import { toPointer } from '../fields.js'
import type { Exchange } from '../route.js'
import { createHashingStorage, type HashingStorage } from './hashing-storage.js'
import { FILE_PART, maxFormBytes, uploadTooLarge } from './upload-limits.js'

const LIMITS = { files: 4, fields: 8, parts: 12, fieldNameSize: 100, fieldSize: 4096, headerPairs: 20 }

export interface ReceivedForm {
  readonly file: ReceivedFile | null
  readonly texts: Readonly<Record<string, unknown>>
  readonly issues: readonly FieldIssue[]
}

/**
 * Streams a multipart form into a folder. Parts that are not expected are discarded and listed as issues. Once this has
 * settled, nothing is written to the folder any more.
 */
export async function receiveForm(
  exchange: Pick<Exchange, 'req' | 'res'>,
  dir: string,
  maxFileBytes: number,
): Promise<ReceivedForm> {
  const { req } = exchange
  // The parser would never notice that a client left before it began to listen.
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
      // multer reads the rest of a refused body; this bounds how much of it.
      countBytes(req, maxFormBytes(maxFileBytes), () => reject(tooLarge()))
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
    // Browsers and curl send UTF-8; multer would read Latin-1.
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
  return storage.hasFile() ? 'must be one file only' : null
}

function countBytes(req: Request, max: number, onOver: () => void): void {
  let total = 0
  req.on('data', (chunk: Buffer) => {
    total += chunk.length
    if (total > max) onOver()
  })
}

/** multer and busboy fail with MulterError for limits and with plain errors for damaged forms. */
function toAppError(cause: unknown, req: Request): AppError {
  if (req.destroyed && !req.readableEnded) {
    return aborted(cause)
  }
  if (cause instanceof multer.MulterError) {
    const issues = [{ pointer: toPointer(cause.field ? [cause.field] : []), message: cause.message }]
    return new AppError('request-invalid', `The form is not acceptable: ${cause.message}`, { cause, issues })
  }
  if (isSystemError(cause)) {
    const code = isDiskFull(cause) ? 'disk-full' : 'storage-unavailable'
    return new AppError(code, 'The upload cannot be kept', { cause })
  }
  return new AppError('request-invalid', 'The body is not a valid multipart form', { cause })
}

function aborted(cause?: unknown): AppError {
  return new AppError('upload-aborted', 'The upload was interrupted', { cause })
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
