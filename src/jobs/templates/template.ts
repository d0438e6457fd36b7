import type { JsonObject, Owner } from '../model.js'

export type TemplateId = string & { readonly __brand: 'TemplateId' }

export interface TemplateContent {
  readonly name: string
  readonly description: string
  /** The body of an edit with placeholders. */
  readonly edit: JsonObject
  /** JSON Schema of the values that stand in for the placeholders. */
  readonly valuesSchema: JsonObject
}

/** One version of a template. It never changes. */
export interface Template extends TemplateContent, TemplateSummary {}

export interface TemplateSummary extends Pick<TemplateContent, 'name' | 'description'> {
  readonly id: TemplateId
  readonly owner: Owner
  /** Counted from 1. */
  readonly version: number
  readonly newestVersion: number
  /** Of the first version. */
  readonly createdAt: Date
  /** Of this version. */
  readonly updatedAt: Date
}
