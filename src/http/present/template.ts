import Joi from 'joi'
import type { Template, TemplateSummary } from '../../jobs/templates/template.js'
import { count, id, presentTime, shape, text, time } from './wire.js'

const summaryFields = {
  id: id('the template'),
  name: text('For people'),
  description: text('For people'),
  version: count('Of the template, counted from 1'),
  newest_version: count('The one that is rendered unless a request names another'),
  created_at: time('When the first version was made'),
  updated_at: time('When this version was made'),
}

export const templateSchema = shape({
  ...summaryFields,
  edit: Joi.object().unknown(true).description('The body of an edit with placeholders'),
  values_schema: Joi.object().unknown(true).description('JSON Schema of the values'),
}).description('An edit with placeholders')

export const templateListSchema = shape({
  templates: Joi.array().items(shape(summaryFields)).description('By name'),
})

export function presentTemplate(template: Template): object {
  return { ...presentSummary(template), edit: template.edit, values_schema: template.valuesSchema }
}

export function presentSummary(template: TemplateSummary): object {
  return {
    id: template.id,
    name: template.name,
    description: template.description,
    version: template.version,
    newest_version: template.newestVersion,
    created_at: presentTime(template.createdAt),
    updated_at: presentTime(template.updatedAt),
  }
}
