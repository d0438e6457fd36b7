import { copiedFrames } from '../plan-facts.mjs'
import { readFrames } from '../probe.mjs'
import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { checkEven } from './frames.mjs'

/** Groups of pictures that are compared, and how far from the cuts. */
const SAMPLE_GOPS = 2
const MARGIN_GOPS = 3

/**
 * The frames of a trim or overlay that should have been copied. `changed`: the stretch that is not the source's;
 * `startsAtKeyFrame`: the result may begin up to a group of pictures earlier.
 */
export async function checkCopies(bench, edit, job, plan) {
  const { studio, clips, sizes, print } = bench
  const { clip, startSec, endSec, operations } = edit
  const [{ type, mode }] = operations
  const name = type === 'trim' ? `${capitalised(mode)} trim` : 'Windowed overlay'
  print(`Checking ${name.toLowerCase()} …`)
  const { frameRate } = clips
  const [output] = job.outputs
  const file = studio.outputFile(job, output.name)
  const frames = await readFrames(file)
  const end = endSec ?? sizes.long.durationSec
  const range = { startFrame: Math.round(startSec * frameRate), endFrame: Math.round(end * frameRate) }
  const checks = [checkCount(name, frames, { range, edit, clips })]
  if (copiedFrames(plan, output.name, frames.length) <= 0) {
    const detail = 'it was encoded as a whole'
    return [...checks, { name: `${name}: copied frames are the source's`, ok: null, detail }]
  }
  const faults = []
  for (const place of samplePlaces(range, edit, clips)) {
    faults.push(await compareSample({ clip, file, place, range, edit, clips }))
  }
  const detail = faults.find((fault) => fault !== null) ?? null
  return [...checks, { name: `${name}: copied frames are the source's`, ok: detail === null, detail }]
}

function checkCount(name, frames, { range, edit, clips }) {
  const { startsAtKeyFrame } = edit
  const { frameRate, gopFrames } = clips
  const exact = range.endFrame - range.startFrame
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

/** Frames of the source: near both ends, in the middle, and around what is changed. */
function samplePlaces({ startFrame, endFrame }, { changed }, { frameRate, gopFrames }) {
  const margin = MARGIN_GOPS * gopFrames
  const last = endFrame - margin - SAMPLE_GOPS * gopFrames
  const around = changed
    ? [changed.start * frameRate - margin - SAMPLE_GOPS * gopFrames, changed.end * frameRate + margin]
    : [Math.round((startFrame + endFrame) / 2)]
  return [startFrame + margin, ...around, last]
}

/** What is wrong with a stretch of pictures that should be the source's to the bit; null: nothing. */
async function compareSample({ clip, file, place, range, edit, clips: { frameRate, gopFrames } }) {
  const count = SAMPLE_GOPS * gopFrames
  const reach = edit.startsAtKeyFrame ? gopFrames - 1 : 0
  const source = await hashFrames(clip, place, count, frameRate)
  const result = await hashFrames(file, place - range.startFrame, count + reach, frameRate)
  if (source.length < count) return `the source has no ${count} frames from ${place} on`
  for (let shift = 0; shift <= reach; shift += 1) {
    if (source.every((hash, index) => hash === result[index + shift])) return null
  }
  return `from frame ${place} of the source on they are others`
}

async function hashFrames(file, from, count, frameRate) {
  const seek = Math.max(0, (from - 0.5) / frameRate)
  const text = await ffmpeg([
    ...['-ss', seek.toFixed(6), '-i', file, '-map', '0:v:0', '-frames:v', String(count)],
    ...['-fps_mode', 'passthrough', '-f', 'framemd5', '-'],
  ])
  return parseHashes(text)
}

export function parseHashes(text) {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1).trim())
}

function capitalised(text) {
  return text[0].toUpperCase() + text.slice(1)
}
