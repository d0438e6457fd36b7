import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { copiedFrames } from '../plan-facts.mjs'
import { readFrames } from '../probe.mjs'
import { checkEven } from './frames.mjs'

/**
 * @import { Clips } from '../clips.mjs'
 * @import { Check, Frame, PlannedJob, StudioBench, Stretch } from '../types.d.ts'
 * @typedef {object} CopyingEdit an edit of a long clip that should copy most of it
 * @property {string} clip
 * @property {string} name for the lines of the checks
 * @property {number} startSec
 * @property {number | null} endSec null: the end of the clip
 * @property {Stretch} [changed] what is not the source's
 * @property {boolean} [startsAtKeyFrame] the result may begin up to a group of pictures earlier
 * @typedef {{ startFrame: number, endFrame: number }} Range frames of the source
 */

/** How many groups of pictures are compared, and how far from the cuts. */
const SAMPLE_GOPS = 2
const MARGIN_GOPS = 3

/**
 * Checks the frames of a trim or overlay that should have been copied.
 * @param {StudioBench} bench
 * @param {CopyingEdit} edit
 * @param {PlannedJob} planned
 * @returns {Promise<Check[]>}
 */
export async function checkCopies({ studio, clips, sizes, print }, edit, { job, plan }) {
  const { name, startSec, endSec } = edit
  print(`Checking ${name.toLowerCase()} …`)
  const [output] = job.outputs
  if (!output) throw new Error(`The job of ${name.toLowerCase()} has no output.`)
  const file = studio.outputFile(job, output.name)
  const frames = await readFrames(file)
  const end = endSec ?? sizes.long.durationSec
  const range = {
    startFrame: Math.round(startSec * clips.frameRate),
    endFrame: Math.round(end * clips.frameRate),
  }
  const count = checkCount(frames, range, edit, clips)
  const title = `${name}: copied frames are the source's`
  if (copiedFrames(plan, output.name, frames.length) <= 0) {
    return [count, { name: title, ok: null, detail: 'it was encoded as a whole' }]
  }
  let detail = null
  for (const place of samplePlaces(range, edit, clips)) {
    detail ??= await compareSample({ file, place, range, edit, clips })
  }
  return [count, { name: title, ok: detail === null, detail }]
}

/**
 * @param {readonly Frame[]} frames
 * @param {Range} range
 * @param {CopyingEdit} edit
 * @param {Clips} clips
 * @returns {Check}
 */
function checkCount(frames, { startFrame, endFrame }, { name, startsAtKeyFrame }, { frameRate, gopFrames }) {
  const exact = endFrame - startFrame
  // A cut at key frames may keep up to a group of pictures more at both ends.
  const isCount = startsAtKeyFrame
    ? frames.length >= exact && frames.length < exact + 2 * gopFrames
    : frames.length === exact
  const fault = isCount
    ? checkEven(frames, { frameRate, frameCount: frames.length })
    : `${frames.length} frames instead of ${exact}`
  const count = startsAtKeyFrame ? `${exact} frames or a group of pictures more` : `${exact} frames`
  return { name: `${name}: ${count}, evenly spaced`, ok: fault === null, detail: fault }
}

/**
 * Frames of the source: near both ends, in the middle, and around what is changed.
 * @param {Range} range
 * @param {CopyingEdit} edit
 * @param {Clips} clips
 */
function samplePlaces({ startFrame, endFrame }, { changed }, { frameRate, gopFrames }) {
  const margin = MARGIN_GOPS * gopFrames
  const last = endFrame - margin - SAMPLE_GOPS * gopFrames
  const around = changed
    ? [changed.start * frameRate - margin - SAMPLE_GOPS * gopFrames, changed.end * frameRate + margin]
    : [Math.round((startFrame + endFrame) / 2)]
  return [startFrame + margin, ...around, last]
}

/**
 * Compares a stretch of pictures that should be the source's to the bit.
 * @param {{ file: string, place: number, range: Range, edit: CopyingEdit, clips: Clips }} sample
 * @returns {Promise<string | null>} what is wrong with it; null: nothing
 */
async function compareSample({ file, place, range, edit, clips: { frameRate, gopFrames } }) {
  const count = SAMPLE_GOPS * gopFrames
  const reach = edit.startsAtKeyFrame ? gopFrames - 1 : 0
  const source = await hashFrames(edit.clip, { from: place, count, frameRate })
  const result = await hashFrames(file, { from: place - range.startFrame, count: count + reach, frameRate })
  if (source.length < count) return `the source has no ${count} frames from ${place} on`
  for (let shift = 0; shift <= reach; shift += 1) {
    if (source.every((hash, index) => hash === result[index + shift])) return null
  }
  return `from frame ${place} of the source on they are others`
}

/**
 * @param {string} file
 * @param {{ from: number, count: number, frameRate: number }} window
 */
async function hashFrames(file, { from, count, frameRate }) {
  const seek = Math.max(0, (from - 0.5) / frameRate)
  const text = await ffmpeg([
    ...['-ss', seek.toFixed(6)],
    ...['-i', file],
    ...['-map', '0:v:0'],
    ...['-frames:v', String(count)],
    ...['-fps_mode', 'passthrough'],
    ...['-f', 'framemd5'],
    '-',
  ])
  return parseHashes(text)
}

/** @param {string} text what ffmpeg's `framemd5` prints */
export function parseHashes(text) {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '')
}
