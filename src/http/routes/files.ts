import Joi from 'joi'
import { EXAMPLE_IDS } from '../present/examples.js'
import { storedFile } from '../reply/reply.js'
import { toJobId, uuid } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { FILE_ERRORS, fileAnswers } from './answers.js'

/** Cutroom makes the names of stored files itself, so no other names exist. */
const storedName = (what: string) =>
  Joi.string()
    .pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/)
    .required()
    .messages({
      'string.pattern.base': 'is not the name of a stored file: letters, digits, ".", "_" and "-"',
    })
    .description(what)

const uploadedParams = Joi.object<{ filename: string }>({ filename: storedName('`filename` of the video') })

const processedParams = Joi.object<{ job_id: string; filename: string }>({
  job_id: uuid().required().description('Id of the job'),
  filename: storedName('Name of the file, as in `file_url` of the output'),
})

const folderParams = Joi.object<{ job_id: string; folder: string; filename: string }>({
  job_id: uuid().required().description('Id of the job'),
  folder: storedName('Name of the output'),
  filename: storedName('Name of the file in it'),
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
    description:
      'The same bytes as `GET /api/v1/videos/{id}/download`, at a path that ends in a file name. Supports ranges.',
    example: { parameters: { filename: `${EXAMPLE_IDS.video}.mp4` } },
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
    description:
      '`file_url` of an output leads here. HLS and DASH play from here, since segments are found beside their manifest.',
    example: { parameters: { job_id: EXAMPLE_IDS.job, filename: '720p.mp4' } },
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
    description: 'Manifests, `thumbnails.json` and `sprite.vtt` refer to these files. Supports ranges.',
    example: { parameters: { job_id: EXAMPLE_IDS.job, folder: 'stream', filename: 'master.m3u8' } },
    params: folderParams,
    byLink: true,
    answers: fileAnswers,
    errors: ['job-not-found', 'output-expired', ...FILE_ERRORS],
    handler: async ({ owner, params: { job_id: id, folder, filename } }, { useCases }) =>
      storedFile(await useCases.openProcessedFile(owner, toJobId(id), `${folder}/${filename}`)),
  }),
]
