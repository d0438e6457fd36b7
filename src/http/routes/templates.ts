import Joi from 'joi'
import { AppError } from '../../errors.js'
import type { Owner } from '../../jobs/model.js'
import type { Template, TemplateContent } from '../../jobs/templates/template.js'
import { KEPT_VERSIONS, MAX_TEMPLATES } from '../../jobs/templates/templates.js'
import { jsonBody } from '../body/json-body.js'
import { EXAMPLE_IDS, PLAN_EXAMPLE } from '../present/examples.js'
import { planSchema, presentPlan } from '../present/plan.js'
import { presentSummary, presentTemplate, templateListSchema, templateSchema } from '../present/template.js'
import {
  TEMPLATE_EXAMPLE,
  TEMPLATE_LIST_EXAMPLE,
  TEMPLATE_REQUEST_EXAMPLE,
} from '../present/template-examples.js'
import { json, noContent } from '../reply/reply.js'
import { idempotencyHeaders, readIdempotency } from '../request/idempotency.js'
import { idParams, toTemplateId } from '../request/ids.js'
import { toJsonObject } from '../request/json-value.js'
import { type AppContext, defineRoute, noInput, type Route, summarise } from '../route.js'
import { type RenderBody, renderBody, type TemplateBody, templateBody } from '../templates/bodies.js'
import type { TemplateFill } from '../templates/fill-template.js'
import { withTemplatePointers } from '../templates/template-pointers.js'
import { accepted, acceptedAnswers, jsonAnswer } from './answers.js'
import { type EditBody, SUBMIT_ERRORS, toEditRequest } from './edits.js'

const versionQuery = Joi.object<{ version?: number }>({
  version: Joi.number().integer().min(1).max(2_147_483_647).description('Absent: the newest version'),
})

function toContent({ name, description, edit, values_schema: valuesSchema }: TemplateBody): TemplateContent {
  return { name, description, edit, valuesSchema }
}

function toFill({ edit, valuesSchema }: Template, body: RenderBody): TemplateFill {
  const { video_id: videoId, priority, metadata, values, dry_run } = body
  const overrides = {
    ...(videoId !== undefined && { video_id: videoId }),
    ...(priority !== undefined && { priority }),
    ...(metadata !== undefined && { metadata }),
    dry_run,
  }
  return { edit, schema: valuesSchema, values, overrides }
}

/** The body of an edit. @throws AppError `request-invalid`, with pointers into the template and its values */
async function fill({ checkBody }: AppContext, owner: Owner, template: TemplateFill): Promise<EditBody> {
  const { issues, value } = await checkBody(owner, { operationId: 'createEdit', template })
  if (issues.length > 0) throw new AppError('request-invalid', summarise(issues), { issues })
  // It was checked with the schema of that route.
  return value as EditBody
}

export const templateRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/templates',
    operationId: 'createTemplate',
    tag: 'Templates',
    summary: 'Keep an edit with placeholders',
    description:
      'In texts of the edit, `{{name}}` stands for a value, and a text that is nothing else becomes the value itself, also a ' +
      `number or an object. \`values_schema\` is a JSON Schema of the values. An owner can have ${MAX_TEMPLATES} templates.`,
    example: { body: TEMPLATE_REQUEST_EXAMPLE, answer: TEMPLATE_EXAMPLE },
    body: jsonBody('createTemplate', templateBody),
    answers: { 201: jsonAnswer('The template', templateSchema, { Location: 'URL of the template' }) },
    errors: ['too-many-templates'],
    handler: async ({ owner, body }, { useCases }) => {
      const template = await useCases.templates.create(owner, toContent(body))
      return json(presentTemplate(template), 201, { Location: `/api/v1/templates/${template.id}` })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/templates',
    operationId: 'listTemplates',
    tag: 'Templates',
    summary: 'List all templates, without their edits',
    description: 'The oldest come first, each with its newest version.',
    example: { answer: TEMPLATE_LIST_EXAMPLE },
    answers: { 200: jsonAnswer('All templates, the oldest first', templateListSchema) },
    errors: [],
    handler: async ({ owner }, { useCases }) =>
      json({ templates: (await useCases.templates.list(owner)).map(presentSummary) }),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/templates/{id}',
    operationId: 'getTemplate',
    tag: 'Templates',
    summary: 'Get a template',
    description: `The newest version, or one of the ${KEPT_VERSIONS} that are kept.`,
    example: { parameters: { id: EXAMPLE_IDS.template }, answer: TEMPLATE_EXAMPLE },
    params: idParams,
    query: versionQuery,
    answers: { 200: jsonAnswer('The template', templateSchema) },
    errors: ['template-not-found'],
    handler: async ({ owner, params, query: { version = null } }, { useCases }) =>
      json(presentTemplate(await useCases.templates.get(owner, toTemplateId(params.id), version))),
  }),
  defineRoute({
    ...noInput,
    method: 'put',
    scope: 'write',
    path: '/api/v1/templates/{id}',
    operationId: 'updateTemplate',
    tag: 'Templates',
    summary: 'Change a template: this makes a new version',
    description:
      `The ${KEPT_VERSIONS} newest versions are kept, and can be rendered by their numbers. A template that would be ` +
      'the same as before keeps its version.',
    example: {
      parameters: { id: EXAMPLE_IDS.template },
      body: TEMPLATE_REQUEST_EXAMPLE,
      answer: TEMPLATE_EXAMPLE,
    },
    params: idParams,
    body: jsonBody('updateTemplate', templateBody),
    answers: { 200: jsonAnswer('The template after the change', templateSchema) },
    errors: ['template-not-found'],
    handler: async ({ owner, params, body }, { useCases }) =>
      json(presentTemplate(await useCases.templates.update(owner, toTemplateId(params.id), toContent(body)))),
  }),
  defineRoute({
    ...noInput,
    method: 'delete',
    scope: 'write',
    path: '/api/v1/templates/{id}',
    operationId: 'deleteTemplate',
    tag: 'Templates',
    summary: 'Delete a template with all of its versions',
    description: 'Jobs that were made from it stay.',
    example: { parameters: { id: EXAMPLE_IDS.template } },
    params: idParams,
    answers: { 204: { description: 'The template was deleted', content: [] } },
    errors: ['template-not-found'],
    handler: async ({ owner, params }, { useCases }) => {
      await useCases.templates.delete(owner, toTemplateId(params.id))
      return noContent
    },
  }),
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/templates/{id}/render',
    operationId: 'renderTemplate',
    tag: 'Templates',
    bucket: 'submits',
    summary: 'Render a template with values',
    description:
      'The values are checked by the schema of the template, and the edit that they make as one of `POST /api/v1/edits`. ' +
      'Mistakes have pointers that begin with `/values`, or with `/edit` for fields of the template.',
    example: {
      parameters: { id: EXAMPLE_IDS.template },
      body: { video_id: EXAMPLE_IDS.video, values: { title: 'Evening news' } },
      answer: PLAN_EXAMPLE,
    },
    params: idParams,
    headers: idempotencyHeaders,
    body: jsonBody('renderTemplate', renderBody),
    answers: { 200: jsonAnswer('The plan, for a dry run', planSchema), ...acceptedAnswers },
    errors: ['template-not-found', ...SUBMIT_ERRORS],
    handler: async ({ owner, audience, params, headers, body }, app) => {
      const { useCases } = app
      const id = toTemplateId(params.id)
      const template = toFill(await useCases.templates.get(owner, id, body.version ?? null), body)
      const request = toEditRequest(await fill(app, owner, template))
      return withTemplatePointers(template, async () => {
        if (body.dry_run) return json(presentPlan(await useCases.previewEdit(owner, request)))
        const subject = { ...toJsonObject(body), template_id: id }
        const idempotency = readIdempotency(headers, 'template', subject)
        return accepted(await useCases.submitEdit(owner, request, idempotency), audience)
      })
    },
  }),
]
