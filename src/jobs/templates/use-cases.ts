import type { Owner } from '../model.js'
import type { Template, TemplateContent, TemplateId, TemplateSummary } from './template.js'

/** What src/http calls for templates. */
export interface TemplateUseCases {
  /** Throws `too-many-templates`. */
  create(owner: Owner, content: TemplateContent): Promise<Template>
  list(owner: Owner): Promise<TemplateSummary[]>
  /** The newest version, or the one of that number. This and the others with an id throw `template-not-found`. */
  get(owner: Owner, id: TemplateId, version: number | null): Promise<Template>
  /** Adds a version, unless it would be the same as the newest one. */
  update(owner: Owner, id: TemplateId, content: TemplateContent): Promise<Template>
  delete(owner: Owner, id: TemplateId): Promise<void>
}
