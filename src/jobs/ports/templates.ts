import type { Owner } from '../model.js'
import type { Template, TemplateContent, TemplateId, TemplateSummary } from '../templates/template.js'

export interface TemplatesRepository {
  /** Returns false, and changes nothing, when the owner has `max` templates already. */
  insert(id: TemplateId, owner: Owner, content: TemplateContent, max: number): Promise<boolean>
  /** The newest version of each, oldest template first. */
  list(owner: Owner): Promise<TemplateSummary[]>
  /** @param version null: the newest one */
  get(owner: Owner, id: TemplateId, version: number | null): Promise<Template | null>
  /** Adds a version, and deletes those before the `kept` newest ones. Returns false when there is no such template. */
  addVersion(owner: Owner, id: TemplateId, content: TemplateContent, kept: number): Promise<boolean>
  /** Deletes it with all versions. Returns false when there is none. */
  delete(owner: Owner, id: TemplateId): Promise<boolean>
}
