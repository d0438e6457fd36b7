import { EXAMPLE_IDS } from './examples.js'

export const TEMPLATE_REQUEST_EXAMPLE = {
  name: 'Opener',
  description: 'The name of the show over its first seconds',
  edit: {
    operations: [
      { type: 'overlay', overlay_type: 'text', content: '{{title}}', font_size: '{{size}}', end_time: 2 },
    ],
    output: { qualities: ['720p'] },
  },
  values_schema: {
    type: 'object',
    properties: { title: { type: 'string', maxLength: 80 }, size: { type: 'number', default: 64 } },
    required: ['title'],
  },
}

const TEMPLATE_FACTS = {
  id: EXAMPLE_IDS.template,
  name: TEMPLATE_REQUEST_EXAMPLE.name,
  description: TEMPLATE_REQUEST_EXAMPLE.description,
  version: 1,
  newest_version: 1,
  created_at: '2026-11-30T11:57:00.000Z',
  updated_at: '2026-11-30T11:57:00.000Z',
}

export const TEMPLATE_LIST_EXAMPLE = { templates: [TEMPLATE_FACTS] }

export const TEMPLATE_EXAMPLE = {
  ...TEMPLATE_FACTS,
  edit: TEMPLATE_REQUEST_EXAMPLE.edit,
  values_schema: TEMPLATE_REQUEST_EXAMPLE.values_schema,
}
