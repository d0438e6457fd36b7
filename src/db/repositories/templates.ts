import { Op } from 'sequelize'
import { validate as isUuid } from 'uuid'
import type { TemplatesRepository } from '../../jobs/ports/templates.js'
import type { Template, TemplateContent } from '../../jobs/templates/template.js'
import type { Database } from '../database.js'
import type { TemplateRow } from '../models/template.js'
import type { TemplateVersionRow } from '../models/template-version.js'
import { lockOwner } from './lock-owner.js'

export function createTemplatesRepository(database: Database): TemplatesRepository {
  const { sequelize, templates, templateVersions } = database
  return {
    async insert(id, owner, content, max) {
      return sequelize.transaction(async (transaction) => {
        // Two requests at once would each find room for one.
        await lockOwner(database, 'templates', owner, transaction)
        if ((await templates.count({ where: { owner }, transaction })) >= max) return false
        await templates.create({ id, owner, version: 1 }, { transaction })
        await templateVersions.create({ templateId: id, version: 1, ...content }, { transaction })
        return true
      })
    },

    async list(owner) {
      const rows = await templates.findAll({ where: { owner }, order: ['id'] })
      if (rows.length === 0) return []
      const versions = await templateVersions.findAll({
        where: { [Op.or]: rows.map(({ id, version }) => ({ templateId: id, version })) },
        attributes: ['templateId', 'name', 'description', 'createdAt'],
      })
      const newest = new Map(versions.map((version) => [version.templateId, version]))
      return rows.flatMap((row) => {
        const found = newest.get(row.id)
        if (!found) return []
        const { name, description, createdAt: updatedAt } = found
        return [{ name, description, ...identityOf(row), version: row.version, updatedAt }]
      })
    },

    async get(owner, id, version) {
      if (!isUuid(id)) return null
      const row = await templates.findOne({ where: { owner, id } })
      return row && findVersion(database, row, version ?? row.version)
    },

    async addVersion(owner, id, content, kept) {
      return sequelize.transaction(async (transaction) => {
        const row = await templates.findOne({ where: { owner, id }, lock: true, transaction })
        if (!row) return false
        const version = row.version + 1
        await row.update({ version }, { transaction })
        await templateVersions.create({ templateId: id, version, ...content }, { transaction })
        const where = { templateId: id, version: { [Op.lte]: version - kept } }
        await templateVersions.destroy({ where, transaction })
        return true
      })
    },

    async delete(owner, id) {
      return isUuid(id) && (await templates.destroy({ where: { owner, id } })) > 0
    },
  }
}

async function findVersion(
  { templateVersions }: Database,
  row: TemplateRow,
  version: number,
): Promise<Template | null> {
  const found = await templateVersions.findOne({ where: { templateId: row.id, version } })
  return found && { ...toContent(found), ...identityOf(row), version, updatedAt: found.createdAt }
}

function identityOf({ id, owner, createdAt, version }: TemplateRow) {
  return { id, owner, createdAt, newestVersion: version }
}

function toContent({ name, description, edit, valuesSchema }: TemplateVersionRow): TemplateContent {
  return { name, description, edit, valuesSchema }
}
