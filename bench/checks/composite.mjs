import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { overlays, sources } from '../by-hand.mjs'
import { chunkJoins } from '../plan-facts.mjs'
import { probe, readFrames } from '../probe.mjs'
import { mean, roundOrNull } from '../statistics.mjs'
import { bitRateOf, checkEven } from './frames.mjs'
import { framesAround, meanAt, parseSsim } from './ssim.mjs'

/**
 * @import { Clips } from '../clips.mjs'
 * @import { Check, Frame, HandEdit, PlannedJob, StudioBench } from '../types.d.ts'
 * @typedef {{ name: string, ours: string, theirs: string | null }} FilePair an output of the platform, and the single
 *   command's where there is one
 */

const MAX_SIZE_DIFFERENCE = 0.04
const MAX_SSIM_LOSS = 0.001
/** Over the frames around joins, which may lose more: the first frames of a part have no earlier ones to refer to. */
const MAX_JOIN_LOSS = 0.003
const JOIN_REACH = 3
const MAX_SOUND_DIFFERENCE_SEC = 0.15

/**
 * Checks the platform's files, and compares them with the single command's where there are such.
 * @param {StudioBench} bench
 * @param {HandEdit} edit
 * @param {PlannedJob} platform
 * @param {string | null} single the folder of the single command's files
 * @returns {Promise<Check[]>}
 */
export async function checkComposite(bench, edit, platform, single) {
  bench.print('Checking the files …')
  const files = edit.renditions.map(({ name }) => ({
    name,
    ours: bench.studio.outputFile(platform.job, name),
    theirs: single === null ? null : join(single, `${name}.mp4`),
  }))
  const checks = []
  for (const file of files) checks.push(...(await checkFile(file, edit, bench.clips)))
  const [largest] = files
  if (largest) checks.push(...(await checkSsim(bench.folder, largest, edit, platform)))
  return checks
}

/**
 * @param {FilePair} file
 * @param {HandEdit} edit
 * @param {Clips} clips
 * @returns {Promise<Check[]>}
 */
async function checkFile({ name, ours, theirs }, { trim, hasSound }, { frameRate }) {
  const expected = { frameRate, frameCount: Math.round((trim.end - trim.start) * frameRate) }
  const frames = await readFrames(ours)
  const fault = checkEven(frames, expected)
  const checks = [
    {
      name: `Composite ${name}: ${expected.frameCount} frames, evenly spaced`,
      ok: fault === null,
      detail: fault,
    },
  ]
  if (hasSound) checks.push(await checkSound(name, ours))
  if (theirs !== null) checks.push(...compareFrames(name, frames, await readFrames(theirs), expected))
  return checks
}

/**
 * @param {string} name
 * @param {readonly Frame[]} ours
 * @param {readonly Frame[]} theirs the single command's
 * @param {{ frameRate: number, frameCount: number }} expected
 */
function compareFrames(name, ours, theirs, expected) {
  const fault = checkEven(theirs, expected)
  const change = bitRateOf(ours, expected.frameRate) / bitRateOf(theirs, expected.frameRate) - 1
  return [
    {
      name: `Composite ${name}: as many frames as the single command's`,
      ok: fault === null && ours.length === theirs.length,
      detail: fault,
    },
    {
      name: `Composite ${name}: bit rate within ±${MAX_SIZE_DIFFERENCE * 100} % of the single command's`,
      ok: Math.abs(change) <= MAX_SIZE_DIFFERENCE,
      detail: `${(change * 100).toFixed(2)} %`,
    },
  ]
}

/**
 * @param {string} name
 * @param {string} file
 */
async function checkSound(name, file) {
  const { audioSec, videoSec } = await probe(file)
  return {
    name: `Composite ${name}: sound as long as the picture`,
    ok: audioSec !== null && Math.abs(audioSec - videoSec) <= MAX_SOUND_DIFFERENCE_SEC,
    detail: audioSec === null ? 'there is none' : `${(audioSec - videoSec).toFixed(3)} s more`,
  }
}

/**
 * Compares both files with the edit itself, which nothing has encoded.
 * @param {string} folder
 * @param {FilePair} files
 * @param {HandEdit} edit
 * @param {PlannedJob} platform
 */
async function checkSsim(folder, { name, ours, theirs }, edit, { plan }) {
  if (theirs === null) return []
  const mine = await ssimAgainstEdit(ours, edit, folder)
  const its = await ssimAgainstEdit(theirs, edit, folder)
  const all = compareMeans(mean(mine), mean(its), MAX_SSIM_LOSS)
  const joins = chunkJoins(plan, name)
  const around = framesAround(joins, JOIN_REACH)
  const atJoins = compareMeans(meanAt(mine, around), meanAt(its, around), MAX_JOIN_LOSS)
  const checks = [
    {
      name: `Composite ${name}: SSIM no more than ${MAX_SSIM_LOSS} below the single command's`,
      ok: mine.length === its.length && all.ok,
      detail: all.detail,
    },
  ]
  if (around.length > 0) {
    const title = `SSIM around ${joins.length} joins no more than ${MAX_JOIN_LOSS} below`
    checks.push({ name: `Composite ${name}: ${title}`, ...atJoins })
  }
  return checks
}

/**
 * @param {number | null} mine
 * @param {number | null} its
 * @param {number} maxLoss
 */
function compareMeans(mine, its, maxLoss) {
  return {
    ok: mine !== null && its !== null && mine >= its - maxLoss,
    detail: `${roundOrNull(mine, 5)} against ${roundOrNull(its, 5)}`,
  }
}

/**
 * @param {string} file
 * @param {HandEdit} edit
 * @param {string} folder
 */
async function ssimAgainstEdit(file, edit, folder) {
  const stats = 'ssim.log'
  const graph = [
    ...overlays(edit),
    '[edited]setpts=N/(25*TB)[reference]',
    '[3:v]setpts=N/(25*TB)[render]',
    `[render][reference]ssim=stats_file=${stats}`,
  ]
  const inputs = [...sources(edit), '-i', file]
  await ffmpeg([...inputs, '-filter_complex', graph.join(';'), '-f', 'null', '-'], { cwd: folder })
  return parseSsim(await readFile(join(folder, stats), 'utf8'))
}
