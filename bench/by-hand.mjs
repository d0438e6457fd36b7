import { join } from 'node:path'

/**
 * The composite edit as it is done without the platform. Every function gives command lines of ffmpeg; those of
 * one list run at the same time, lists one after another.
 *
 * `edit`: source, trim, text { file, x, y, endSec }, logo { file, margin, opacity }, hasSound, and renditions
 * { name, width, height, coding } from the largest to the smallest, the first of which has the source's size.
 */
export function singleCommand(edit, folder, threads = []) {
  const { renditions } = edit
  const [whole, ...smaller] = renditions
  const splits = smaller.map((_, index) => `[copy${index}]`).join('')
  const graph = [
    ...overlays(edit),
    `[edited]split=${renditions.length}[out0]${splits}`,
    ...smaller.map(({ width, height }, index) => `[copy${index}]${fit(width, height)}[out${index + 1}]`),
  ]
  const outputs = [whole, ...smaller].flatMap((rendition, index) =>
    output(edit, rendition, { pad: `[out${index}]`, folder, threads }),
  )
  return [[[...sources(edit), '-filter_complex', graph.join(';'), ...outputs]]]
}

export function parallelCommands(edit, folder) {
  return [
    edit.renditions.map((rendition, index) => {
      const { width, height } = rendition
      const graph = [...overlays(edit), `[edited]${index === 0 ? 'null' : fit(width, height)}[out]`]
      return [
        ...sources(edit),
        ...['-filter_complex', graph.join(';'), ...output(edit, rendition, { pad: '[out]', folder })],
      ]
    }),
  ]
}

const STEP_CODING = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23', '-c:a', 'aac', '-b:a', '128k']

/** A file a step: cut, text, watermark, then each quality from the last of them. */
export function stepwiseCommands(edit, folder) {
  const { steps, last } = editSteps(edit, folder, STEP_CODING)
  const qualities = edit.renditions.map(({ name, width, height }) => [
    ...['-i', last, '-vf', fit(width, height), ...STEP_CODING, ...mp4(join(folder, `${name}.mp4`))],
  ])
  return [...steps, ...qualities].map((command) => [command])
}

/**
 * PeerTube: the studio's job re-encodes a file a task. Then the largest file is only packed anew, since it is
 * H.264 already, and each smaller resolution is a job that encodes it.
 */
export function peertubeCommands(edit, folder) {
  const [whole, ...smaller] = edit.renditions
  const { steps, last } = editSteps(edit, folder, whole.coding)
  const packed = ['-i', last, '-c', 'copy', ...mp4(join(folder, `${whole.name}.mp4`))]
  const jobs = smaller.map(({ name, width, height, coding }) => [
    ...['-i', last, '-vf', fit(width, height), ...coding, ...mp4(join(folder, `${name}.mp4`))],
  ])
  return [...steps, packed, ...jobs].map((command) => [command])
}

function editSteps({ source, trim, text, logo }, folder, coding) {
  const [cut, titled, marked] = ['cut', 'titled', 'marked'].map((name) => join(folder, `${name}.mp4`))
  const onTop = (layer) => ['-map', '[edited]', '-map', '0:a?', ...coding, ...mp4(layer)]
  return {
    last: marked,
    steps: [
      ['-i', source, '-ss', String(trim.start), '-to', String(trim.end), ...coding, ...mp4(cut)],
      [
        '-i',
        cut,
        '-i',
        text.file,
        '-filter_complex',
        layText(text, '[0:v]', '[edited]', 1),
        ...onTop(titled),
      ],
      [
        '-i',
        titled,
        '-i',
        logo.file,
        '-filter_complex',
        layLogo(logo, '[0:v]', '[edited]', 1),
        ...onTop(marked),
      ],
    ],
  }
}

function sources({ source, trim, text, logo }) {
  const span = ['-ss', String(trim.start), '-t', String(trim.end - trim.start)]
  return [...span, '-i', source, '-i', text.file, '-i', logo.file]
}

/** The pad `[edited]` from the inputs of `sources`: also what every render is compared with. */
export function overlays({ text, logo }) {
  return [layText(text, '[0:v]', '[titled]', 1), layLogo(logo, '[titled]', '[edited]', 2)]
}

export { sources }

const TO_YUV = 'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p'

function layText({ x, y, endSec }, from, to, input) {
  return `[${input}:v]${TO_YUV}[text];${from}[text]overlay=x=${x}:y=${y}:enable='lt(t,${endSec})'${to}`
}

function layLogo({ margin, opacity }, from, to, input) {
  const look = `format=rgba,colorchannelmixer=aa=${opacity},${TO_YUV}`
  return `[${input}:v]${look}[logo];${from}[logo]overlay=x=W-w-${margin}:y=${margin}${to}`
}

function fit(width, height) {
  return `scale=${width}:${height},setsar=1`
}

function output({ hasSound }, { name, coding }, { pad, folder, threads = [] }) {
  const sound = hasSound ? ['-map', '0:a'] : []
  return ['-map', pad, ...sound, ...coding, ...threads, ...mp4(join(folder, `${name}.mp4`))]
}

function mp4(file) {
  return ['-movflags', '+faststart', file]
}
