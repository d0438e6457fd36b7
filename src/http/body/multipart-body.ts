import type Joi from 'joi'
import { AppError, type FieldIssue } from '../../errors.js'
import type { ReceivedFile } from '../../jobs/use-cases.js'
import { checkFields, refusedParts } from '../request/fields.js'
import type { BodySpec } from '../route.js'
import { type ReceivedForm, receiveForm } from './receive-form.js'
import { announcedBytes, FILE_PART, mayUpload, uploadTooLarge } from './upload-limits.js'

export interface FileForm<Fields> {
  readonly file: ReceivedFile
  readonly fields: Fields
}

/** A multipart form of text fields and one file, in the part `file`. */
export function multipartBody<Fields>(fields: Joi.ObjectSchema<Fields>): BodySpec<FileForm<Fields>> {
  return {
    content: { type: 'multipart/form-data', schema: fields, files: [FILE_PART] },
    errors: [
      'request-invalid',
      'upload-too-large',
      'unsupported-content-type',
      'disk-full',
      'too-many-uploads',
      'storage-unavailable',
    ],
    async receive({ req, res, app, owner }, checkHead, use) {
      if (!req.is('multipart/form-data')) {
        throw new AppError('unsupported-content-type', 'The body must be multipart/form-data.')
      }
      const { maxUploadBytes } = app.config
      if (!mayUpload(req, maxUploadBytes)) throw uploadTooLarge(maxUploadBytes)
      checkHead()
      const folder = await app.useCases.createIncomingFolder(owner, announcedBytes(req, maxUploadBytes))
      try {
        const form = await receiveForm({ req, res }, folder, maxUploadBytes)
        const { file: strayText, ...texts } = form.texts
        const checked = checkFields(fields, texts, '')
        const file = checkFile(form, strayText !== undefined)
        const fileIssues = 'issue' in file ? [file.issue] : []
        checkHead([...form.issues, ...fileIssues, ...checked.issues, ...refusedParts(texts)])
        if ('issue' in file) throw new Error('unreachable: checkHead throws when there are issues')
        return await use({ file, fields: checked.value() })
      } finally {
        await folder.remove()
      }
    },
  }
}

function checkFile(form: ReceivedForm, cameAsText: boolean): ReceivedFile | { issue: FieldIssue } {
  const issue = (message: string) => ({ issue: { pointer: `/${FILE_PART}`, message } })
  if (cameAsText) return issue('must be a file part with a file name')
  if (form.file === null) return issue('is required')
  if (form.file.sizeBytes === 0) return issue('must not be empty')
  return form.file
}
