import Joi from 'joi'
import type { Operation } from './operation.js'
import { operationsSchema } from './operation-schemas.js'

const schema = Joi.object<{ operations: Operation[] }>({ operations: operationsSchema })

/** Gives operations that an older version has saved the defaults of fields that came later. */
export function currentOperations(saved: readonly Operation[]): readonly Operation[] {
  const result = schema.validate({ operations: saved }, { convert: false })
  return result.error ? saved : result.value.operations
}
