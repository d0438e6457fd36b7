import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { overlays, sources } from '../by-hand.mjs'
import { chunkJoins } from '../plan-facts.mjs'
import { probe, readFrames } from '../probe.mjs'
import { mean, round } from '../statistics.mjs'
import { ffmpeg } from '../../scripts/platform/tools.mjs'
import { bitRateOf, checkEven } from './frames.mjs'
import { framesAround, meanAt, parseSsim } from './ssim.mjs'

const MAX_SIZE_DIFFERENCE = 0.04
const MAX_SSIM_LOSS = 0.001
/** Over the frames around joins: the first frames of a part have no past to lean on. */
const MAX_JOIN_LOSS = 0.003
const JOIN_REACH = 3
const MAX_SOUND_DIFFERENCE_SEC = 0.15

/** The platform's files against what is expected, and against the single command's where there are such. */
export async function checkComposite(bench, edit, { platform, single, usages }) {
  const { studio, clips, print } = bench
  print('Checking the files …')
  const hasSingle = 'composite-single' in usages
  const files = edit.renditions.map(({ name }) => ({
    name,
    ours: studio.outputFile(platform.job, name),
    theirs: hasSingle ? join(single, `${name}.mp4`) : null,
  }))
  const checks = []
  for (const file of files) checks.push(...(await checkFile(file, edit, clips)))
  const [largest] = files
  if (hasSingle) checks.push(...(await checkSsim(bench, largest, edit, platform)))
  return checks
}

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
  if (theirs === null) return checks
  const hand = await readFrames(theirs)
  const handFault = checkEven(hand, expected)
  const change = bitRateOf(frames, frameRate) / bitRateOf(hand, frameRate) - 1
  return [
    ...checks,
    {
      name: `Composite ${name}: as many frames as the single command's`,
      ok: handFault === null && frames.length === hand.length,
      detail: handFault,
    },
    {
      name: `Composite ${name}: bit rate within ±${MAX_SIZE_DIFFERENCE * 100} % of the single command's`,
      ok: Math.abs(change) <= MAX_SIZE_DIFFERENCE,
      detail: `${(change * 100).toFixed(2)} %`,
    },
  ]
}

async function checkSound(name, file) {
  const { audioSec, videoSec } = await probe(file)
  return {
    name: `Composite ${name}: sound as long as the picture`,
    ok: audioSec !== null && Math.abs(audioSec - videoSec) <= MAX_SOUND_DIFFERENCE_SEC,
    detail: audioSec === null ? 'there is none' : `${(audioSec - videoSec).toFixed(3)} s more`,
  }
}

/** Both against the edit itself, which nothing has encoded. */
async function checkSsim({ folder }, { name, ours, theirs }, edit, { plan }) {
  const [platform, single] = [
    await ssimAgainstEdit(ours, edit, folder),
    await ssimAgainstEdit(theirs, edit, folder),
  ]
  const joins = chunkJoins(plan, name)
  const around = framesAround(joins, JOIN_REACH)
  const [mine, its] = [mean(platform), mean(single)]
  const checks = [
    {
      name: `Composite ${name}: SSIM no more than ${MAX_SSIM_LOSS} below the single command's`,
      ok: platform.length === single.length && mine >= its - MAX_SSIM_LOSS,
      detail: `${round(mine, 5)} against ${round(its, 5)}`,
    },
  ]
  if (around.length === 0) return checks
  const [mineThere, itsThere] = [meanAt(platform, around), meanAt(single, around)]
  return [
    ...checks,
    {
      name: `Composite ${name}: SSIM around ${joins.length} joins no more than ${MAX_JOIN_LOSS} below`,
      ok: mineThere >= itsThere - MAX_JOIN_LOSS,
      detail: `${round(mineThere, 5)} against ${round(itsThere, 5)}`,
    },
  ]
}

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
