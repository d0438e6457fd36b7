import Joi from 'joi'
import type { OutputFile } from '../../jobs/use-cases.js'
import type { Audience } from '../present/audience.js'
import { EXAMPLE_IDS, OUTPUT_FILES_EXAMPLE } from '../present/examples.js'
import { keyPath } from '../present/output.js'
import { count, fileUrl, orNull, presentTime, shape, size, text, time } from '../present/wire.js'
import { json } from '../reply/reply.js'
import { outputName, toJobId, uuid } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { jsonAnswer } from './answers.js'

const params = Joi.object<{ id: string; name: string }>({
  id: uuid().required().description('Id of the job'),
  name: outputName().required().description('Name of the output'),
})

/** A file's name. Cutroom makes the names itself. */
const cursor = Joi.string()
  .pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/)
  .messages({ 'string.pattern.base': 'must be the "next_cursor" of the previous page' })
  .description('`next_cursor` of the previous page; absent: the first page')

const query = Joi.object<{ limit: number; cursor?: string }>({
  limit: Joi.number()
    .integer()
    .min(1)
    .max(1000)
    .default(1000)
    .description('Maximum number of files on a page'),
  cursor,
})

const filesSchema = shape({
  files: Joi.array()
    .description('By name')
    .items(
      shape({
        name: text('Path below the folder of the output'),
        size: size(),
        content_type: text('MIME type'),
        modified_at: time('When the file was written'),
        download_url: fileUrl('URL path of the file, for downloads and players'),
      }),
    ),
  total: count('Files of the output, on all pages'),
  total_size: size(),
  next_cursor: orNull(text('For the next page; null: this is the last')),
})

export const outputFileRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/jobs/{id}/outputs/{name}/files',
    operationId: 'listOutputFiles',
    tag: 'Jobs',
    summary: 'List the files of an output, by name: segments and playlists, thumbnails, or the one file',
    description:
      'In the order of their names. A stream or a set of thumbnails has many files, a video has one.',
    example: { parameters: { id: EXAMPLE_IDS.job, name: '720p' }, answer: OUTPUT_FILES_EXAMPLE },
    params,
    query,
    answers: { 200: jsonAnswer('A page of files', filesSchema) },
    errors: ['job-not-found', 'job-not-completed', 'output-not-found', 'output-expired', 'file-not-found'],
    handler: async ({ owner, audience, params: { id, name }, query: page }, { useCases }) => {
      const output = { id: toJobId(id), name }
      const after = page.cursor ?? null
      const found = await useCases.listOutputFiles(owner, output, { limit: page.limit, after })
      return json({
        files: found.files.map((file) => presentFile(file, audience)),
        total: found.count,
        total_size: found.sizeBytes,
        next_cursor: found.hasMore ? (found.files.at(-1)?.name ?? null) : null,
      })
    },
  }),
]

function presentFile(
  { key, name, sizeBytes, contentType, modifiedAt }: OutputFile,
  { link }: Audience,
): object {
  return {
    name,
    size: sizeBytes,
    content_type: contentType,
    modified_at: presentTime(modifiedAt),
    download_url: link(keyPath(key)),
  }
}
