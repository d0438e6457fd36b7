import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { Owner } from '../../jobs/model.js'
import type { TemplateId } from '../../jobs/templates/template.js'

export interface TemplateRow extends Model<
  InferAttributes<TemplateRow>,
  InferCreationAttributes<TemplateRow>
> {
  id: TemplateId
  owner: Owner
  version: number
  createdAt: CreationOptional<Date>
}

export function defineTemplate(sequelize: Sequelize): ModelStatic<TemplateRow> {
  return sequelize.define<TemplateRow>(
    'Template',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      version: DataTypes.INTEGER,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'templates', underscored: true, timestamps: false },
  )
}
