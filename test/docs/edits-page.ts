import { format, resolveConfig } from 'prettier'
import { shownImageSchema } from '../../src/edit/fields/shown-image.js'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { PRESET_NOTES, SUBTITLE_PRESETS } from '../../src/edit/operations/subtitle-presets.js'
import { AUDIO_CODEC_TRAITS } from '../../src/edit/output/audio-codecs.js'
import { AUDIO_CODECS, VIDEO_CODECS } from '../../src/edit/output/formats.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import { listed } from '../../src/edit/output/prose.js'
import { VIDEO_CODEC_TRAITS } from '../../src/edit/output/video-codecs.js'
import { type JsonSchema, propertiesOf, requestSchema } from '../../src/http/openapi/json-schema.js'
import {
  type Example,
  EXAMPLES,
  OUTPUT_EXAMPLE,
  PRESET_EXAMPLES,
  SLIDE_SHOW,
  TRACKS_EXAMPLE,
} from './examples.js'
import { alternativesOf, fieldTable } from './field-rows.js'

/** The text of docs/edits.md, made from the schemas and the examples. */
export async function editsPage(): Promise<string> {
  const sections = Object.entries(EXAMPLES).map(([type, example]) => operationSection(type, example))
  const page = [INTRODUCTION, contents(), ...sections, imageSection(), outputSection()].join('\n\n')
  return format(page, { ...(await resolveConfig('docs/edits.md')), parser: 'markdown' })
}

const INTRODUCTION = `# What an edit can do

The operations of \`POST /api/v1/edits\` are applied in order. Each works on the result of the ones before it: times are
seconds of that video, and positions are pixels of its picture. Unknown fields are refused. A field that is null counts
as absent. [previews.md](previews.md) says how to see the picture of an edit before it is rendered.

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
  return [...Object.keys(EXAMPLES), 'image', 'output'].map((type) => `[\`${type}\`](#${type})`).join(' · ')
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
    ...(type === 'subtitles' ? [presets()] : []),
  ].join('\n\n')
}

/** The presets of subtitles. */
function presets(): string {
  const rows = SUBTITLE_PRESETS.map((name) => `| \`${name}\` | ${PRESET_NOTES[name]} |`)
  const last = PRESET_EXAMPLES.at(-1) ?? {}
  return [
    '### Presets of subtitles',
    '![presets of subtitles](pictures/subtitles-presets.jpg)',
    ['| `preset` | |', '| --- | --- |', ...rows].join('\n'),
    'The last picture has capitals besides. It shows `Good <00:01.200>morning <00:02.400>everyone 🐰` of a WebVTT file:',
    json(last),
  ].join('\n\n')
}

function imageSection(): string {
  const sentence =
    '`image` of an edit makes a film of an upload that is an image: [Images as films](inputs.md#images-as-films). With ' +
    '`concat`, a slide show.'
  return ['## image', sentence, json(SLIDE_SHOW), fieldTable(requestSchema(shownImageSchema))].join('\n\n')
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
    TRACKS,
    json({ output: TRACKS_EXAMPLE }),
    TIMES,
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

All files of a stream, of thumbnails or of a sprite come as one ZIP from \`GET /api/v1/jobs/download/{id}?quality=hls&format=zip\`,
and \`GET /api/v1/jobs/{id}/outputs/{name}/files\` lists them with their sizes and links.

HDR10 with 10 bits keeps what the source says of its mastering display and of its brightest pixels. GIF counts in
hundredths of a second; \`frame-rate-rounded\` says which frame rate there is in place of the one that was asked for.`

const TRACKS = `### Subtitles, sound tracks, a title and chapters

\`subtitles\` adds tracks of text that viewers switch on and off, in several languages; the operation \`subtitles\` draws text
into the picture. Files of all kinds that the operation reads are taken. MP4 and MOV get timed text with bold, italics and
colours, Matroska gets SubRip, WebM and streams get WebVTT with the places of the cues. Fonts and sizes are the player's:
of an ASS file its text and where it is aligned are kept. \`track\` keeps a track of text that the video itself has: timed
text, SubRip, ASS, WebVTT or TTML; text that is coded as pictures is not kept, and a job without \`track\` keeps none. MOV has no field for \`forced\`, and knows fewer languages.

In HLS and DASH each track is one WebVTT file. HLS has them as a group of the master playlist, in which players choose by
themselves only one track of a language, the default one or the first. ffmpeg, and players that open DASH with it, read a
manifest with subtitles only when they are told to take all extensions of names; players of the web take it as it is.

\`audio_tracks\` keeps several sound tracks of the video, with names and languages, as tracks of the file, as a group in HLS, and
as adaptation sets in DASH. Every operation is applied to each of them, \`loudness\` measures each by itself, and what is
mixed in or joined is the same in all. \`replace_audio\` that leaves nothing of the video's sound is refused. Several tracks
are always encoded; one alone is copied where it can be. \`hls.audio_only\` adds a variant of the sound without pictures; in
DASH players choose the adaptation set of the sound alone.

Names of tracks differ: where \`name\` is absent they are numbered. Tracks, title and chapters alone do not count as an
output, so that what is copied without them is copied with them.`

const TIMES = `The times of subtitles are those of the unedited video. A cue stays with its frames: what a trim removes takes its
cues along, a cue goes on where its frames go on, and \`speed\` or a joined intro moves it. \`"times": "result"\` takes the
times as they are. Chapters have the times of the result.`

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
