import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Template, TemplateContent, TemplateId } from './template.js'
import type { TemplateUseCases } from './use-cases.js'

/** Of an owner. */
export const MAX_TEMPLATES = 100

/** Versions of a template, the newest ones. */
export const KEPT_VERSIONS = 20

export function createTemplateUseCases({
  repositories: { templates },
}: Pick<JobsDeps, 'repositories'>): TemplateUseCases {
  const get: TemplateUseCases['get'] = async (owner, id, version) => {
    const template = await templates.get(owner, id, version)
    if (!template) throw notFound(id, version)
    return template
  }
  return {
    create: async (owner, content) => {
      const id = uuidv7() as TemplateId
      if (!(await templates.insert(id, owner, content, MAX_TEMPLATES))) throw tooMany()
      return get(owner, id, null)
    },
    list: (owner) => templates.list(owner),
    get,
    update: async (owner, id, content) => {
      const newest = await get(owner, id, null)
      if (isSame(newest, content)) return newest
      if (!(await templates.addVersion(owner, id, content, KEPT_VERSIONS))) throw notFound(id, null)
      return get(owner, id, null)
    },
    delete: async (owner, id) => {
      if (!(await templates.delete(owner, id))) throw notFound(id, null)
    },
  }
}

/** A request that is sent again because its answer was lost makes no further version. */
function isSame(template: Template, { name, description, edit, valuesSchema }: TemplateContent): boolean {
  const content = {
    name: template.name,
    description: template.description,
    edit: template.edit,
    valuesSchema: template.valuesSchema,
  }
  return isDeepStrictEqual(content, { name, description, edit, valuesSchema })
}

function notFound(id: TemplateId, version: number | null): AppError {
  const which = version === null ? '' : ` with a version ${version}; the ${KEPT_VERSIONS} newest are kept`
  return new AppError('template-not-found', `There is no template with the id ${id}${which}.`)
}

function tooMany(): AppError {
  return new AppError('too-many-templates', `An owner can have ${MAX_TEMPLATES} templates. Delete one.`)
}
