import { format, resolveConfig } from 'prettier'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import { type JsonSchema, propertiesOf, requestSchema } from '../../src/http/openapi/json-schema.js'
import { type Example, EXAMPLES, OUTPUT_EXAMPLE } from './examples.js'
import { alternativesOf, fieldTable } from './field-rows.js'

/** The text of docs/edits.md, made from the schemas and the examples. */
export async function editsPage(): Promise<string> {
  const sections = Object.entries(EXAMPLES).map(([type, example]) => operationSection(type, example))
  const page = [INTRODUCTION, contents(), ...sections, outputSection()].join('\n\n')
  return format(page, { ...(await resolveConfig('docs/edits.md')), parser: 'markdown' })
}

const INTRODUCTION = `# What an edit can do

The operations of \`POST /api/v1/edits\` are applied in order. Each works on the result of the ones before it: times are
seconds of that video, and positions are pixels of its picture. Unknown fields are refused.

\`npm run docs:edits\` makes this page from the schemas that check requests. Cutroom itself made the pictures, from
\`test/fixtures/big-buck-bunny-720p-5s.mp4\`.`

/** The types of the schema, in its order. */
export function operationTypes(): string[] {
  return [...new Set(operationForms().map(({ type }) => type))]
}

/** Every form of every operation; most operations have only one. */
export function operationForms(): { type: string; schema: JsonSchema }[] {
  const flatten = (node: JsonSchema): JsonSchema[] => {
    const parts = alternativesOf(node)
    return parts.length > 0 ? parts.flatMap(flatten) : [node]
  }
  return flatten(requestSchema(operationSchema)).map((schema) => ({
    type: [propertiesOf(schema).type?.enum].flat().map(String).join(),
    schema,
  }))
}

function contents(): string {
  return [...Object.keys(EXAMPLES), 'output'].map((type) => `[\`${type}\`](#${type})`).join(' · ')
}

function operationSection(type: string, { sentence, operation }: Example): string {
  const tables = operationForms()
    .filter((form) => form.type === type)
    .map(({ schema }) => fieldTable(schema))
  return [
    `## ${type}`,
    sentence,
    `![${type}](pictures/${type}.jpg)`,
    json(operation),
    tables.join('\n\nor\n\n'),
  ].join('\n\n')
}

function outputSection(): string {
  const sentence = '`output` of an edit chooses the files that are made of the edited video.'
  return [
    '## output',
    sentence,
    json({ output: OUTPUT_EXAMPLE }),
    fieldTable(requestSchema(outputSchema)),
  ].join('\n\n')
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``
}
