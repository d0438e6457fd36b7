import Joi from 'joi'
import type { Operation } from './operation.js'
import { operationsSchema } from './operation-schemas.js'

const schema = Joi.object<{ operations: Operation[] }>({ operations: operationsSchema })

/** A job saved by an older version lacks fields that came later: their defaults are what it meant. */
export function currentOperations(saved: readonly Operation[]): readonly Operation[] {
  const result = schema.validate({ operations: saved }, { convert: false })
  return result.error ? saved : result.value.operations
}
