import Joi from 'joi'
import type { Template } from '../../jobs/templates/template.js'
import { count, id, presentTime, shape, text, time } from './wire.js'

const summaryFields = {
  id: id(),
  name: text(),
  description: text(),
  version: count().description('Counted from 1'),
  newest_version: count(),
  created_at: time().description('Of the first version'),
  updated_at: time().description('Of this version'),
}

export const templateSchema = shape({
  ...summaryFields,
  edit: Joi.object().unknown(true).description('The body of an edit with placeholders'),
  values_schema: Joi.object().unknown(true).description('JSON Schema of the values'),
})

export const templateListSchema = shape({ templates: Joi.array().items(shape(summaryFields)) })

export function presentTemplate(template: Template): object {
  return { ...presentSummary(template), edit: template.edit, values_schema: template.valuesSchema }
}

export function presentSummary(template: Template): object {
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
