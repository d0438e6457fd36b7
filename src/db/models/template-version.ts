import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { JsonObject } from '../../jobs/model.js'
import type { TemplateId } from '../../jobs/templates/template.js'

export interface TemplateVersionRow extends Model<
  InferAttributes<TemplateVersionRow>,
  InferCreationAttributes<TemplateVersionRow>
> {
  templateId: TemplateId
  version: number
  name: string
  description: string
  edit: JsonObject
  valuesSchema: JsonObject
  createdAt: CreationOptional<Date>
}

export function defineTemplateVersion(sequelize: Sequelize): ModelStatic<TemplateVersionRow> {
  return sequelize.define<TemplateVersionRow>(
    'TemplateVersion',
    {
      templateId: { type: DataTypes.UUID, primaryKey: true },
      version: { type: DataTypes.INTEGER, primaryKey: true },
      name: DataTypes.TEXT,
      description: DataTypes.TEXT,
      edit: DataTypes.JSONB,
      valuesSchema: DataTypes.JSONB,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'template_versions', underscored: true, timestamps: false },
  )
}
