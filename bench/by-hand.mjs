import { join } from 'node:path'

/**
 * The composite edit as it is done without the platform.
 * @import { Command, HandEdit, HandRendition, Stages } from './types.d.ts'
 */

/**
 * One decode, one filter graph, an encode for each rendition.
 * @param {HandEdit} edit
 * @param {string} folder where the outputs go
 * @param {readonly string[]} threads an option for the number of threads, or nothing
 * @returns {Stages}
 */
export function singleCommand(edit, folder, threads = []) {
  const { renditions } = edit
  const [, ...smaller] = renditions
  const splits = smaller.map((_, index) => `[copy${index}]`).join('')
  const graph = [
    ...overlays(edit),
    `[edited]split=${renditions.length}[out0]${splits}`,
    ...smaller.map(({ width, height }, index) => `[copy${index}]${fit(width, height)}[out${index + 1}]`),
  ]
  const outputs = renditions.flatMap((rendition, index) => [
    ...mapped(edit, `[out${index}]`),
    ...rendition.coding,
    ...threads,
    ...mp4(folder, rendition.name),
  ])
  return [[[...sources(edit), '-filter_complex', graph.join(';'), ...outputs]]]
}

/**
 * A process for each rendition, all at the same time.
 * @param {HandEdit} edit
 * @param {string} folder
 * @returns {Stages}
 */
export function parallelCommands(edit, folder) {
  return [
    edit.renditions.map(({ name, width, height, coding }, index) => {
      const graph = [...overlays(edit), `[edited]${index === 0 ? 'null' : fit(width, height)}[out]`]
      return [
        ...sources(edit),
        ...['-filter_complex', graph.join(';')],
        ...mapped(edit, '[out]'),
        ...coding,
        ...mp4(folder, name),
      ]
    }),
  ]
}

const STEP_CODING = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23', '-c:a', 'aac', '-b:a', '128k']

/**
 * A file for each step: cut, text, watermark, then each quality from the last of them.
 * @param {HandEdit} edit
 * @param {string} folder
 * @returns {Stages}
 */
export function stepwiseCommands(edit, folder) {
  const { steps, last } = editSteps(edit, folder, STEP_CODING)
  const qualities = edit.renditions.map((rendition) => resized(last, rendition, STEP_CODING, folder))
  return [...steps, ...qualities].map((command) => [command])
}

/**
 * PeerTube: the studio's job re-encodes a file for each task. Then the largest file is only repackaged, since it is
 * H.264 already, and each smaller resolution is encoded by a job.
 * @param {HandEdit} edit
 * @param {string} folder
 * @returns {Stages}
 */
export function peertubeCommands(edit, folder) {
  const [whole, ...smaller] = edit.renditions
  const { steps, last } = editSteps(edit, folder, whole.coding)
  const packed = ['-i', last, '-c', 'copy', ...mp4(folder, whole.name)]
  const jobs = smaller.map((rendition) => resized(last, rendition, rendition.coding, folder))
  return [...steps, packed, ...jobs].map((command) => [command])
}

/**
 * @param {HandEdit} edit
 * @param {string} folder
 * @param {readonly string[]} coding
 * @returns {{ steps: Command[], last: string }} `last`: the file of the last step
 */
function editSteps({ source, trim, text, logo }, folder, coding) {
  const onTop = ['-map', '[edited]', '-map', '0:a?', ...coding]
  const [cut, titled, marked] = [
    join(folder, 'cut.mp4'),
    join(folder, 'titled.mp4'),
    join(folder, 'marked.mp4'),
  ]
  return {
    last: marked,
    steps: [
      [
        ...['-i', source],
        ...['-ss', String(trim.start)],
        ...['-to', String(trim.end)],
        ...coding,
        ...mp4(folder, 'cut'),
      ],
      [
        ...['-i', cut],
        ...['-i', text.file],
        ...['-filter_complex', layText(text, '[0:v]', '[edited]')],
        ...onTop,
        ...mp4(folder, 'titled'),
      ],
      [
        ...['-i', titled],
        ...['-i', logo.file],
        ...['-filter_complex', layLogo(logo, '[0:v]', '[1:v]', '[edited]')],
        ...onTop,
        ...mp4(folder, 'marked'),
      ],
    ],
  }
}

/**
 * @param {string} file
 * @param {HandRendition} rendition
 * @param {readonly string[]} coding
 * @param {string} folder
 * @returns {Command}
 */
function resized(file, { name, width, height }, coding, folder) {
  return ['-i', file, '-vf', fit(width, height), ...coding, ...mp4(folder, name)]
}

/**
 * The inputs: the trimmed source, the text as a picture, the logo.
 * @param {HandEdit} edit
 */
export function sources({ source, trim, text, logo }) {
  const length = String(trim.end - trim.start)
  return ['-ss', String(trim.start), '-t', length, '-i', source, '-i', text.file, '-i', logo.file]
}

/**
 * The pad `[edited]` from the inputs of `sources`: also what every render is compared with.
 * @param {HandEdit} edit
 */
export function overlays({ text, logo }) {
  return [layText(text, '[0:v]', '[titled]'), layLogo(logo, '[titled]', '[2:v]', '[edited]')]
}

const TO_YUV = 'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p'

/**
 * Lays the picture of input 1 over `from`.
 * @param {HandEdit['text']} text
 * @param {string} from
 * @param {string} to
 */
function layText({ x, y, endSec }, from, to) {
  return `[1:v]${TO_YUV}[text];${from}[text]overlay=x=${x}:y=${y}:enable='lt(t,${endSec})'${to}`
}

/**
 * @param {HandEdit['logo']} logo
 * @param {string} from
 * @param {string} picture the pad of the logo
 * @param {string} to
 */
function layLogo({ margin, opacity }, from, picture, to) {
  const look = `format=rgba,colorchannelmixer=aa=${opacity},${TO_YUV}`
  return `${picture}${look}[logo];${from}[logo]overlay=x=W-w-${margin}:y=${margin}${to}`
}

/**
 * @param {number} width
 * @param {number} height
 */
function fit(width, height) {
  return `scale=${width}:${height},setsar=1`
}

/**
 * @param {HandEdit} edit
 * @param {string} pad
 */
function mapped({ hasSound }, pad) {
  return ['-map', pad, ...(hasSound ? ['-map', '0:a'] : [])]
}

/**
 * @param {string} folder
 * @param {string} name
 */
function mp4(folder, name) {
  return ['-movflags', '+faststart', join(folder, `${name}.mp4`)]
}
