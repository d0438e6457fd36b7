import { v7 as uuidv7 } from 'uuid'
import { AppError } from '../../src/errors.js'
import { LOCAL_OWNER } from '../../src/jobs/model.js'
import type { Template, TemplateContent, TemplateId } from '../../src/jobs/templates/template.js'
import type { TemplateUseCases } from '../../src/jobs/templates/use-cases.js'
import { later } from './stand-in-following.js'

/** NOT the application: templates in memory, each with all of its versions. */
export function createStandInTemplates(): TemplateUseCases {
  const templates = new Map<TemplateId, TemplateContent[]>()
  const get = (id: TemplateId, version: number | null): Template => {
    const versions = templates.get(id) ?? []
    const content = versions[(version ?? versions.length) - 1]
    if (!content) throw new AppError('template-not-found', `There is no ${id}`)
    const at = new Date('2026-01-02T03:04:05.006Z')
    const numbers = { version: version ?? versions.length, newestVersion: versions.length }
    return { ...content, ...numbers, id, owner: LOCAL_OWNER, createdAt: at, updatedAt: at }
  }
  return {
    create: later((_owner, content) => {
      const id = uuidv7() as TemplateId
      templates.set(id, [content])
      return get(id, null)
    }),
    list: later(() => [...templates.keys()].map((id) => get(id, null))),
    get: later((_owner, id, version) => get(id, version)),
    update: later((_owner, id, content) => {
      get(id, null)
      templates.get(id)?.push(content)
      return get(id, null)
    }),
    delete: later((_owner, id) => {
      get(id, null)
      templates.delete(id)
    }),
  }
}
