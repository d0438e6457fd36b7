import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createFairPictures } from '../src/fair-pictures.js'
import type { Owner } from '../src/jobs/model.js'
import type { Pass } from '../src/plan/model/plan.js'
import { createLocalStorage } from '../src/storage/local-storage.js'
import { picturePass } from './render/preview/preview-frames.js'
import { H264, lavfi } from './support/lavfi.js'
import { waitFor } from './support/processes.js'
import { useStudio } from './support/render.js'

const studio = useStudio()
const OWNER = 'acme' as Owner
const LIMITS = { places: 2, waitingPerOwner: 2 }
const never = () => new AbortController().signal

let pass: Pass
let slow = ''
let pidFile = ''
beforeAll(async () => {
  const video = await studio.make('card.mp4', ...lavfi('testsrc2=s=320x180:r=25:d=2'), ...H264)
  pass = await picturePass(studio, { edit: { operations: [], output: null }, files: { video } }, { at: 1 })
  // NOT ffmpeg: it does nothing for ever.
  slow = join(studio.dir(), 'slow')
  pidFile = join(studio.dir(), 'pid')
  await writeFile(slow, `#!/bin/sh\necho $$ > ${pidFile}\nexec sleep 600\n`)
  await chmod(slow, 0o755)
})
beforeEach(() => writeFile(pidFile, ''))

function pictures(ffmpegPath: string, deadlineMs?: number) {
  const storage = createLocalStorage({ root: studio.dir() })
  const deps = { ...storage, ffmpeg: { ...studio.tools(), ffmpegPath }, minFreeDiskBytes: 0 }
  return { made: createFairPictures(deps, LIMITS, deadlineMs), left: () => storage.workFolders.list() }
}

/** The process that stands in for ffmpeg, once it runs. */
const started = () => waitFor('a start', async () => Number(await readFile(pidFile, 'utf8')) || undefined)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a picture is made, and nothing is left', async () => {
  const { made, left } = pictures(studio.tools().ffmpegPath)
  const picture = await made.make(OWNER, pass, never())
  expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  expect(await left()).toEqual([])
})

test('who goes away ends ffmpeg, and nothing is left', async () => {
  const { made, left } = pictures(slow)
  const gone = new AbortController()
  const making = made.make(OWNER, pass, gone.signal)
  const pid = await started()
  const reason = new Error('gone')
  gone.abort(reason)
  await expect(making).rejects.toBe(reason)
  expect(isAlive(pid)).toBe(false)
  expect(await left()).toEqual([])
})

test('a picture that takes too long is given up, and nothing is left', async () => {
  const { made, left } = pictures(slow, 500)
  await expect(made.make(OWNER, pass, never())).rejects.toMatchObject({ code: 'preview-timed-out' })
  expect(await left()).toEqual([])
})

test('too many pictures of an owner are refused, and the waiting counts', async () => {
  const { made } = pictures(slow, 1000)
  const all = [1, 2, 3].map(() => made.make(OWNER, pass, never()).catch((error: unknown) => error))
  await expect(made.make(OWNER, pass, never())).rejects.toMatchObject({ code: 'rate-limited' })
  for (const error of await Promise.all(all)) expect(error).toMatchObject({ code: 'preview-timed-out' })
})

test('an ffmpeg that ends well without a picture is a failure of ours', async () => {
  const { made, left } = pictures('/bin/true')
  await expect(made.make(OWNER, pass, never())).rejects.toMatchObject({ code: 'output-invalid' })
  expect(await left()).toEqual([])
})
