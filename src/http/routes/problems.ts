import Joi from 'joi'
import { ERRORS, isErrorCode } from '../../errors.js'
import { count, shape, text } from '../present/wire.js'
import { describeCode, problemPage } from '../problems/pages.js'
import { json } from '../reply/reply.js'
import { anyFields } from '../request/fields.js'
import { defineRoute, noInput, type Route } from '../route.js'

const codeSchema = shape({
  code: text('The code'),
  title: text('What it means'),
  status: count('HTTP status of answers with it'),
  cause: text('Why it comes, in Markdown, as are the next two'),
  example: text('When it comes, for instance'),
  remedy: text('What to do'),
})

const codeParams = Joi.object<{ code: string }>({
  code: Joi.string()
    .valid(...Object.keys(ERRORS))
    .required()
    .description('`code` of a problem, or `error_code` of a job'),
})

/** The target of the `type` of a problem. */
export const problemRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'open',
    path: '/problems/{code}',
    operationId: 'getProblemType',
    tag: 'System',
    summary: 'Get the meaning of an error code',
    description:
      'The `type` of every problem leads here: why it comes, an example, and what to do. Browsers get a page, others JSON.',
    example: { parameters: { code: 'video-not-found' }, answer: describeCode('video-not-found') },
    params: codeParams,
    query: anyFields,
    answers: {
      200: {
        description: 'The error code',
        content: [{ type: 'application/json', schema: codeSchema }, { type: 'text/html' }],
        headers: { Vary: '`Accept`' },
      },
    },
    errors: ['request-invalid'],
    handler: ({ params: { code }, prefersHtml }) => {
      if (!isErrorCode(code)) throw new Error('unreachable: the schema lists the codes')
      return prefersHtml ? problemPage(code) : json(describeCode(code), 200, { Vary: 'Accept' })
    },
  }),
]
