import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ffmpeg, ROOT } from '../scripts/platform/tools.mjs'
import { checkEven } from './checks/frames.mjs'
import { probe, readFrames } from './probe.mjs'

/**
 * @import { ClipSize, LongClipSize, Print } from './types.d.ts'
 * @typedef {{ readonly file: string, readonly name: string }} Material the video that all clips are made of
 * @typedef {object} Make what the making of a clip needs
 * @property {Material} material
 * @property {string} folder
 * @property {Print} print
 * @property {number} frameRate
 * @property {boolean} hasSound
 * @typedef {Awaited<ReturnType<typeof createClips>>} Clips
 */

const TRAILER = resolve(ROOT, '../shared/media/big-buck-bunny-trailer-720p-55s.mp4')
const FIXTURE = join(ROOT, 'test/fixtures/big-buck-bunny-720p-5s.mp4')
const GOP_SEC = 2
/** Change it when this file makes clips another way: clips of the old way are then not used again. */
const RECIPE = '1'

/**
 * @param {string | null} input the file that was asked for
 * @returns {Material}
 */
export function findMaterial(input) {
  if (input !== null) return { file: resolve(input), name: basename(input) }
  if (existsSync(TRAILER)) return { file: TRAILER, name: basename(TRAILER) }
  return { file: FIXTURE, name: `${basename(FIXTURE)}, over and over` }
}

/**
 * Clips are kept from one run to the next, under a name that says what they were made of, and how. They have a whole
 * number of frames a second and closed GOPs of two seconds.
 * @param {Material} material
 * @param {string} folder
 * @param {Print} print
 */
export async function createClips(material, folder, print) {
  await mkdir(folder, { recursive: true })
  const { frameRate, audioSec } = await probe(material.file)
  const origin = createHash('sha256')
  await pipeline(createReadStream(material.file), origin, { end: false })
  const make = { material, folder, print, frameRate: Math.round(frameRate), hasSound: audioSec !== null }
  const stamp = origin.update(RECIPE).digest('hex').slice(0, 12)
  return {
    frameRate: make.frameRate,
    gopFrames: make.frameRate * GOP_SEC,
    hasSound: make.hasSound,
    /** The material at a size and length, over and over where it is too short. */
    clip: (/** @type {string} */ name, /** @type {ClipSize} */ size) =>
      once(make, `${name}-${nameOf(size)}-${stamp}.mp4`, (to) => encode(make, size, to)),
    /** A long one, from a piece that is coded once and copied again and again. */
    longClip: (/** @type {string} */ name, /** @type {LongClipSize} */ size) =>
      once(make, `${name}-${nameOf(size)}-${stamp}.mp4`, (to) => repeatPiece(make, size, to)),
  }
}

/**
 * Makes the same clip with other bytes, so that the platform does not use again what it made of another copy.
 * @param {string} clip
 * @param {string} to
 * @param {number} number each number gives other bytes
 */
export async function freshCopy(clip, to, number) {
  await copyFile(clip, to)
  const box = Buffer.alloc(16)
  box.writeUInt32BE(box.length, 0)
  box.write('free', 4, 'latin1')
  box.writeDoubleBE(number, 8)
  const file = await open(to, 'a')
  await file.appendFile(box)
  await file.close()
  return to
}

/**
 * @param {Make} make
 * @param {string} name
 * @param {(to: string) => Promise<void>} makeFile
 */
async function once({ folder, print }, name, makeFile) {
  const path = join(folder, name)
  if (existsSync(path)) return path
  print(`Making ${name} …`)
  const draft = join(folder, `draft-${name}`)
  await makeFile(draft)
  await rename(draft, path)
  return path
}

/** @param {ClipSize} size */
function nameOf({ width, height, durationSec }) {
  return `${width}x${height}-${durationSec}s`
}

/**
 * @param {Make} make
 * @param {ClipSize} size
 * @param {string} to
 */
async function encode({ material, frameRate, hasSound }, { width, height, durationSec }, to) {
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=lanczos:out_color_matrix=bt709`
  const filter = `fps=${frameRate},${fit},pad=${width}:${height}:-1:-1,setsar=1`
  await ffmpeg([
    ...['-stream_loop', '-1'],
    ...['-i', material.file],
    ...['-t', String(durationSec)],
    ...['-map', '0:v:0'],
    ...['-vf', filter],
    ...videoArgs(frameRate),
    ...(hasSound ? ['-map', '0:a:0', ...soundArgs('192k')] : []),
    ...['-movflags', '+faststart'],
    to,
  ])
}

/**
 * Coding that is too fine to limit the quality of a render, and quick to make.
 * @param {number} frameRate
 */
function videoArgs(frameRate) {
  const gop = String(frameRate * GOP_SEC)
  return [
    ...['-c:v', 'libx264'],
    ...['-preset', 'veryfast'],
    ...['-crf', '18'],
    ...['-pix_fmt', 'yuv420p'],
    ...['-g', gop],
    ...['-keyint_min', gop],
    ...['-sc_threshold', '0'],
    ...['-colorspace', 'bt709'],
    ...['-color_primaries', 'bt709'],
    ...['-color_trc', 'bt709'],
    ...['-color_range', 'tv'],
  ]
}

/** @param {string} bitRate */
function soundArgs(bitRate) {
  return ['-c:a', 'aac', '-b:a', bitRate, '-ac', '2', '-ar', '48000']
}

/**
 * The pictures are copied; the sound is coded once in one piece, since its packets do not end where a piece does.
 * @param {Make} make
 * @param {LongClipSize} size
 * @param {string} to
 */
async function repeatPiece(make, { width, height, durationSec, pieceSec }, to) {
  const { material, folder, frameRate, hasSound } = make
  const piece = join(folder, 'draft-piece.mp4')
  const list = join(folder, 'draft-list.txt')
  await encode({ ...make, hasSound: false }, { width, height, durationSec: pieceSec }, piece)
  const times = Math.ceil(durationSec / pieceSec)
  await writeFile(list, `file '${basename(piece)}'\n`.repeat(times))
  await ffmpeg([
    ...['-f', 'concat'],
    ...['-safe', '0'],
    ...['-i', list],
    ...(hasSound ? ['-stream_loop', '-1', '-i', material.file, '-map', '1:a:0'] : []),
    ...['-map', '0:v:0'],
    ...['-c:v', 'copy'],
    ...['-t', String(durationSec)],
    ...(hasSound ? soundArgs('128k') : []),
    ...['-movflags', '+faststart'],
    to,
  ])
  await Promise.all([piece, list].map((file) => rm(file)))
  const fault = checkEven(await readFrames(to), { frameRate, frameCount: durationSec * frameRate })
  if (fault !== null) throw new Error(`The long clip is not what it should be: ${fault}`)
}
