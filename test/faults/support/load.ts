import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FFMPEG } from '../../support/lavfi.js'
import type { Random } from '../../support/random.js'
import { type Answer, field, type InsistentClient } from './insistent-client.js'

/** What a 202 has promised to a client, and what must have come of it. */
export interface Promised {
  readonly jobId: string
  readonly what: string
  /** The frames that each of its films must have; null: not counted. */
  readonly frames: number | null
  /** The user has asked to cancel it. */
  readonly mayBeCancelled: boolean
}

export interface Source {
  readonly videoId: string
  readonly seconds: number
}

const RATE = 25

const run = promisify(execFile)

/** The pictures are small: a fault needs a job that runs, not one that takes long. The longest is cut into chunks. */
export async function makeSources(dir: string): Promise<{ path: string; seconds: number }[]> {
  return Promise.all(
    [2, 6, 20].map(async (seconds) => ({
      path: await encodeClip(join(dir, `clip-${seconds}.mp4`), '320x180', seconds),
      seconds,
    })),
  )
}

/** Encoded as a whole so that frames come evenly: then the frames of its edits can be computed beforehand. */
export async function encodeClip(path: string, size: string, seconds: number): Promise<string> {
  await run(FFMPEG, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${RATE}:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(RATE), '-c:a', 'aac', path],
  ])
  return path
}

export async function uploadSources(
  client: InsistentClient,
  files: readonly { readonly path: string; readonly seconds: number }[],
  key: string,
): Promise<{ sources: Source[]; promised: Promised[] }> {
  const sources: Source[] = []
  const promised: Promised[] = []
  for (const { path, seconds } of files) {
    const answer = await client.upload(path, `${key}-${seconds}`)
    promised.push(promise(answer, 'upload', null))
    sources.push({ videoId: field(answer, 'video_id'), seconds })
  }
  return { sources, promised }
}

interface Draw {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly frames: number
}

/** Posts one job of a random kind, and repeats the request until it is accepted. */
export async function submitRandom(
  client: InsistentClient,
  random: Random,
  sources: readonly [Source, ...Source[]],
  key: string,
): Promise<Promised> {
  const source = random.pick(sources)
  const { path, body, frames } = draw(random, source)
  return promise(await client.post(path, { video_id: source.videoId, ...body }, key), path, frames)
}

const KINDS = ['trim', 'overlay', 'quality', 'edit', 'ladder'] as const

function draw(random: Random, { seconds }: Source): Draw {
  const whole = seconds * RATE
  // It has an id of its own, or the result of an earlier job would be linked and nothing would run.
  const mark = random.whole(0, 1e9).toString(36)
  const text = { overlay_type: 'text', content: mark, position_x: 10, position_y: 10, font_size: 20 }
  switch (random.pick(KINDS)) {
    case 'trim': {
      const from = random.whole(0, whole / 2)
      const to = random.whole(from + 10, whole)
      return {
        path: '/trim',
        body: { start_time: from / RATE, end_time: to / RATE, mode: 'exact' },
        frames: to - from,
      }
    }
    case 'overlay':
      return { path: '/overlay', body: text, frames: whole }
    case 'quality':
      return { path: '/quality', body: { qualities: ['360p', '240p'] }, frames: whole }
    case 'edit':
      return {
        path: '/edits',
        body: {
          operations: [
            { type: 'trim', start_time: 0, end_time: seconds / 2 },
            { type: 'overlay', ...text },
          ],
          output: { qualities: ['240p'], poster: true },
        },
        frames: whole / 2,
      }
    case 'ladder':
      return {
        path: '/edits',
        body: {
          operations: [{ type: 'overlay', ...text }],
          output: { qualities: ['240p'], packaging: 'hls' },
        },
        frames: whole,
      }
  }
}

function promise(answer: Answer, what: string, frames: number | null): Promised {
  // 202 the first time, and when the same request is repeated.
  if (answer.status !== 202 && answer.status !== 200) throw new Error(`${what}: ${JSON.stringify(answer)}`)
  return { jobId: field(answer, 'job_id'), what, frames, mayBeCancelled: false }
}
