import { expect, test } from 'vitest'
import { createDocument } from '../../../src/http/openapi/document.js'
import { routes } from '../../../src/http/routes/index.js'

interface Document {
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>
  >
  readonly components: { readonly schemas: Record<string, Record<string, unknown>> }
}

const { paths, components } = createDocument(routes) as Document
const { schemas } = components

test('overlays are told apart by their kind', () => {
  expect(schemas['OverlayOperation']).toMatchObject({
    discriminator: {
      propertyName: 'overlay_type',
      mapping: {
        text: '#/components/schemas/TextOverlay',
        image: '#/components/schemas/ImageOverlay',
        video: '#/components/schemas/VideoOverlay',
      },
    },
  })
  expect(schemas['ImageOverlay']).not.toHaveProperty('properties.font_size')
})

test('a problem lists the codes of its route', () => {
  const codesOf = (method: string, path: string, status: string) => {
    const problem = paths[path]?.[method]?.responses[status]?.content?.['application/problem+json']
    const { schema } = problem as {
      schema: { allOf: [object, { properties: { code: { enum: string[] } } }] }
    }
    expect(schema.allOf[0]).toEqual({ $ref: '#/components/schemas/Problem' })
    return schema.allOf[1].properties.code.enum
  }
  expect(codesOf('get', '/api/v1/videos/{id}', '404')).toEqual(['video-not-found'])
  expect(codesOf('get', '/api/v1/videos/{id}', '503')).toEqual(['db-unavailable', 'out-of-resources'])
  expect(codesOf('post', '/api/v1/trim', '503')).toContain('orchestrator-unavailable')
})

test('the events of a job and of webhooks have types', () => {
  expect(schemas['JobStreamEvent']).toMatchObject({
    discriminator: {
      propertyName: 'event',
      mapping: { output: '#/components/schemas/JobStreamOutput' },
    },
  })
  expect(schemas['JobStreamOutput']).toMatchObject({
    properties: {
      event: { enum: ['output'] },
      data: { contentSchema: { $ref: '#/components/schemas/Output' } },
    },
  })
  expect(schemas['JobCompletedEvent']).toMatchObject({
    properties: {
      type: { enum: ['job.completed'] },
      data: { properties: { progress: { type: 'integer' } } },
    },
  })
})
