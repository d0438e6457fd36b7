import { format, resolveConfig } from 'prettier'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { AUDIO_CODEC_TRAITS } from '../../src/edit/output/audio-codecs.js'
import { AUDIO_CODECS, VIDEO_CODECS } from '../../src/edit/output/formats.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import { listed } from '../../src/edit/output/prose.js'
import { VIDEO_CODEC_TRAITS } from '../../src/edit/output/video-codecs.js'
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
    UNNAMED,
    STREAMS,
  ].join('\n\n')
}

const UNNAMED = `### Without \`qualities\` and \`renditions\`

| \`output\` | Files |
| --- | --- |
| absent, \`{}\`, or only \`poster\`, \`thumbnails\`, \`sprite\` or \`waveform\` | \`edited.mp4\`, at the size of the edited picture, and what is asked of it |
| a container of films, or GIF or WebP | \`edited\`, at that size, in the container |
| a container of sound | \`audio\`, as long as the sound, be it longer or shorter than the picture |
| \`packaging\` | a stream of at most three renditions: 1080p, 720p, 480p, 360p or 240p, the largest that the picture allows. If the picture is more than a tenth larger than the first of them, \`edited\` at its own size comes before |

A preset has renditions of its own.`

const STREAMS = `### Streams

Segments are made from MP4, with one codec for all pictures: ${listed(codecsOf('video'), 'or')}. Sound is ${listed(codecsOf('audio'), 'or')},
and the same for all renditions. Players of the web and of Android take all of these in HLS and DASH. Apple's own players
take no ${listed(codecsOf('unapple'), 'and no')} in HLS; the warning \`hls-not-on-apple\` says so. The manifests name codecs with profile and
level, peak and mean bit rates, and the range of brightness (PQ, HLG or SDR), as the segments have them. Renditions of high
and of standard range may be in one stream: DASH has a set for each.

HDR10 with 10 bits keeps what the source says of its mastering display and of its brightest pixels. GIF counts in
hundredths of a second; \`frame-rate-rounded\` says which frame rate there is in place of the one that was asked for.`

function codecsOf(kind: 'video' | 'audio' | 'unapple'): string[] {
  const videos = VIDEO_CODECS.filter((codec) => VIDEO_CODEC_TRAITS[codec].isSegmented)
  const sounds = AUDIO_CODECS.filter((codec) => AUDIO_CODEC_TRAITS[codec].isSegmented)
  if (kind === 'video') return videos
  if (kind === 'audio') return sounds
  return [
    ...videos.filter((codec) => !VIDEO_CODEC_TRAITS[codec].isAppleHls),
    ...sounds.filter((codec) => !AUDIO_CODEC_TRAITS[codec].isAppleHls),
  ]
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``
}
