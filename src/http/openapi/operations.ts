import { OPERATION_EXAMPLES, OVERLAY_EXAMPLES } from '../../edit/operation-examples.js'
import { OPERATION_FIELDS, withType } from '../../edit/operation-schemas.js'
import { OVERLAY_FORMS } from '../../edit/operations/overlay.js'
import { everyTrimField, TRIM_EITHER_OR } from '../../edit/operations/trim.js'
import { bodySchema, type JsonSchema } from './json-schema.js'
import { unionOf } from './union.js'

const OVERLAYS = { text: 'TextOverlay', image: 'ImageOverlay', video: 'VideoOverlay' } as const

const DESCRIPTIONS = {
  text: 'Lays text over the picture, for a part of the time or all of it.',
  image: 'Lays an image over the picture, for a part of the time or all of it.',
  video: 'Lays a video over the picture, for a part of the time or all of it.',
} as const

/** The component of each type of operation. */
const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(OPERATION_EXAMPLES).map((type) => [type, nameOf(type)]),
)

/** Every operation, and what an operation can be. */
export const OPERATION_COMPONENTS: Readonly<Record<string, JsonSchema>> = {
  Operation: unionOf('type', NAMES, 'One operation of an edit, distinguished by `type`'),
  ...Object.fromEntries(
    Object.entries(OPERATION_EXAMPLES).map(([type, { sentence, operation }]) => [
      nameOf(type),
      { ...schemaOf(type, sentence), ...(type === 'overlay' ? {} : { examples: [operation] }) },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(OVERLAYS).map(([kind, name]) => [name, overlaySchema(kind as keyof typeof OVERLAYS)]),
  ),
}

function schemaOf(type: string, description: string): JsonSchema {
  if (type === 'overlay') return unionOf('overlay_type', OVERLAYS, description)
  if (type === 'trim') return { description, ...bodySchema(withType(type, everyTrimField)), not: eitherOr() }
  const fields = Object.entries(OPERATION_FIELDS).find(([name]) => name === type)?.[1] ?? {}
  return { description, ...bodySchema(withType(type, fields)) }
}

/** JSON Schema for: not two of these at the same time. */
function eitherOr(): JsonSchema {
  const both = (names: readonly string[]): JsonSchema => ({
    properties: Object.fromEntries(names.map((name) => [name, {}])),
    required: [...names],
  })
  return { anyOf: TRIM_EITHER_OR.map(both) }
}

function overlaySchema(kind: keyof typeof OVERLAYS): JsonSchema {
  const example = kind === 'text' ? OPERATION_EXAMPLES.overlay.operation : OVERLAY_EXAMPLES[kind]
  return {
    description: DESCRIPTIONS[kind],
    ...bodySchema(withType('overlay', OVERLAY_FORMS[kind])),
    examples: [example],
  }
}

/** `replace_audio` → `ReplaceAudioOperation`. */
function nameOf(type: string): string {
  const words = type.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Operation`
}
