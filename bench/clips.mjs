import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkEven } from './checks/frames.mjs'
import { probe, readFrames } from './probe.mjs'
import { ffmpeg, ROOT } from '../scripts/platform/tools.mjs'

const TRAILER = resolve(ROOT, '../shared/media/big-buck-bunny-trailer-720p-55s.mp4')
const FIXTURE = join(ROOT, 'test/fixtures/big-buck-bunny-720p-5s.mp4')
const GOP_SEC = 2
/** Changes with what this file does, so that no clip of before is taken for one of now. */
const RECIPE = '1'

/** The clip that all others are made of, and how to call it. */
export function findMaterial(input) {
  if (input !== null) return { file: resolve(input), name: basename(input) }
  if (existsSync(TRAILER)) return { file: TRAILER, name: basename(TRAILER) }
  return { file: FIXTURE, name: `${basename(FIXTURE)}, over and over` }
}

/**
 * Clips are kept from one run to the next, under a name that says of what and how they were made. Pictures come
 * at a whole number a second, with key frames every two seconds that nothing refers across.
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
    clip: (name, size) => once(make, `${name}-${nameOf(size)}-${stamp}.mp4`, (to) => encode(make, size, to)),
    /** A long one, from a piece that is coded once and copied again and again. */
    longClip: (name, size) =>
      once(make, `${name}-${nameOf(size)}-${stamp}.mp4`, (to) => repeatPiece(make, size, to)),
  }
}

/** The same clip for whoever looks at its bytes: nothing that was made of another copy is of use for this one. */
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

async function once({ folder, print }, name, makeFile) {
  const path = join(folder, name)
  if (existsSync(path)) return path
  print(`Making ${name} …`)
  const draft = join(folder, `draft-${name}`)
  await makeFile(draft)
  await rename(draft, path)
  return path
}

function nameOf({ width, height, durationSec }) {
  return `${width}x${height}-${durationSec}s`
}

async function encode({ material, frameRate, hasSound }, { width, height, durationSec }, to) {
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=lanczos:out_color_matrix=bt709`
  const filter = `fps=${frameRate},${fit},pad=${width}:${height}:-1:-1,setsar=1`
  await ffmpeg([
    ...['-stream_loop', '-1', '-i', material.file, '-t', String(durationSec), '-map', '0:v:0'],
    ...['-vf', filter, ...videoArgs(frameRate)],
    ...(hasSound ? ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '192k', '-ac', '2', '-ar', '48000'] : []),
    ...['-movflags', '+faststart', to],
  ])
}

/** Fine enough to be nobody's bottleneck of quality, and quick to make. */
function videoArgs(frameRate) {
  const gop = String(frameRate * GOP_SEC)
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'],
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
  ]
}

/** The pictures are copied; the sound is coded once in one piece, since its packets do not end where a piece does. */
async function repeatPiece(make, { width, height, durationSec, pieceSec }, to) {
  const { material, folder, frameRate, hasSound } = make
  const piece = join(folder, 'draft-piece.mp4')
  const list = join(folder, 'draft-list.txt')
  await encode({ ...make, hasSound: false }, { width, height, durationSec: pieceSec }, piece)
  const times = Math.ceil(durationSec / pieceSec)
  await writeFile(list, `file '${basename(piece)}'\n`.repeat(times))
  await ffmpeg([
    ...['-f', 'concat', '-safe', '0', '-i', list],
    ...(hasSound ? ['-stream_loop', '-1', '-i', material.file, '-map', '1:a:0'] : []),
    ...['-map', '0:v:0', '-c:v', 'copy', '-t', String(durationSec)],
    ...(hasSound ? ['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000'] : []),
    ...['-movflags', '+faststart', to],
  ])
  await Promise.all([piece, list].map((file) => rm(file)))
  const fault = checkEven(await readFrames(to), { frameRate, frameCount: durationSec * frameRate })
  if (fault !== null) throw new Error(`The long clip is not what it should be: ${fault}`)
}
