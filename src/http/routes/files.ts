import Joi from 'joi'
import { storedFile } from '../reply/reply.js'
import { toJobId, uuid } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { FILE_ERRORS, fileAnswers } from './answers.js'

/** Cutroom makes the names of stored files itself, so no other names exist. */
const storedName = Joi.string()
  .pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/)
  .required()
  .messages({ 'string.pattern.base': 'is not the name of a stored file: letters, digits, ".", "_" and "-"' })

const uploadedParams = Joi.object<{ filename: string }>({ filename: storedName })

const processedParams = Joi.object<{ job_id: string; filename: string }>({
  job_id: uuid().required(),
  filename: storedName,
})

const folderParams = Joi.object<{ job_id: string; folder: string; filename: string }>({
  job_id: uuid().required(),
  folder: storedName,
  filename: storedName,
})

export const fileRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/uploads/{filename}',
    operationId: 'getUploadedFile',
    tag: 'Files',
    summary: 'Get an uploaded file by its stored name',
    params: uploadedParams,
    byLink: true,
    answers: fileAnswers,
    errors: FILE_ERRORS,
    handler: async ({ owner, params }, { useCases }) =>
      storedFile(await useCases.openUploadedFile(owner, params.filename)),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/processed/{job_id}/{filename}',
    operationId: 'getProcessedFile',
    tag: 'Files',
    summary: 'Get an output file of a job, for players',
    params: processedParams,
    byLink: true,
    answers: fileAnswers,
    errors: ['job-not-found', 'output-expired', ...FILE_ERRORS],
    handler: async ({ owner, params }, { useCases }) =>
      storedFile(await useCases.openProcessedFile(owner, toJobId(params.job_id), params.filename)),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/processed/{job_id}/{folder}/{filename}',
    operationId: 'getProcessedFolderFile',
    tag: 'Files',
    summary: 'Get one file of an output that consists of several: segments, sprites, thumbnails',
    params: folderParams,
    byLink: true,
    answers: fileAnswers,
    errors: ['job-not-found', 'output-expired', ...FILE_ERRORS],
    handler: async ({ owner, params: { job_id: id, folder, filename } }, { useCases }) =>
      storedFile(await useCases.openProcessedFile(owner, toJobId(id), `${folder}/${filename}`)),
  }),
]
