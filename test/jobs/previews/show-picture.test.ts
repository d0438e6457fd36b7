import { beforeEach, describe, expect, test } from 'vitest'
import { createUseCases } from '../../../src/jobs/create-use-cases.js'
import { LOCAL_OWNER, type Owner, type Video } from '../../../src/jobs/model.js'
import type { EditedVideo, UseCases } from '../../../src/jobs/use-cases.js'
import { FFMPEG_PARTS } from '../../../src/plan/ffmpeg-parts.js'
import type { Pass } from '../../../src/plan/model/plan.js'
import { COMPLETE } from '../../support/capabilities.js'
import { AUDIO, MARK, mediaFacts, TRIM } from '../../support/plan-facts.js'
import { useWorld } from '../world.js'

const world = useWorld()
const AT_ONE = { at: 1, width: null, format: 'jpeg' } as const
const never = new AbortController().signal

let useCases: UseCases
let video: Video
/** The passes that were run, by the owner. */
let made: [Owner, Pass][]
beforeEach(async () => {
  made = []
  const make = (owner: Owner, pass: Pass) => {
    made.push([owner, pass])
    return Promise.resolve(Buffer.from(`picture ${made.length}`))
  }
  useCases = createUseCases({ ...world().deps, pictures: { make } })
  video = await world().addVideo()
})

const edited = (change: Partial<EditedVideo> = {}): EditedVideo => ({
  videoId: video.id,
  operations: [],
  output: null,
  ...change,
})
const preview = (change: Partial<EditedVideo> = {}, picture: Partial<typeof AT_ONE | { at: number }> = {}) =>
  useCases.previewPicture(LOCAL_OWNER, edited(change), { ...AT_ONE, ...picture })

describe('a preview', () => {
  test('is made once for the same sources and edit, by whoever asks', async () => {
    const first = await preview()
    const second = await preview()
    expect(second.hash).toBe(first.hash)
    expect((await first.make(never)).toString()).toBe('picture 1')
    expect((await second.make(never)).toString()).toBe('picture 1')
    expect(made).toHaveLength(1)
    expect(made[0]?.[0]).toBe(LOCAL_OWNER)
  })

  test('is another one at another moment, of another size, format or edit', async () => {
    const ask = (picture: object) => useCases.previewPicture(LOCAL_OWNER, edited(), { ...AT_ONE, ...picture })
    const all = [
      await preview(),
      await ask({ at: 2 }),
      await ask({ width: 200 }),
      await ask({ format: 'webp' }),
      await preview({ operations: [TRIM] }),
    ]
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(all.length)
    expect(all.map(({ contentType }) => contentType)[3]).toBe('image/webp')
    // The same frame is the same picture.
    expect((await ask({ at: 1.0005 })).hash).toBe(all[0]?.hash)
  })

  test('of a moment that the edit has not is refused with its length', async () => {
    const refused = preview({ operations: [TRIM] }, { at: 4.5 })
    await expect(refused).rejects.toMatchObject({ code: 'request-invalid', issues: [{ pointer: '/at' }] })
    await expect(refused).rejects.toThrow(/\d s long/)
  })

  test('of sound alone is refused', async () => {
    await expect(preview({ output: { container: 'mp3' } })).rejects.toMatchObject({ code: 'no-picture' })
  })

  test('points to the fields of the edit that are wrong', async () => {
    const crop = { type: 'crop', width: 5000, height: 10, x: 0, y: 0 } as const
    await expect(preview({ operations: [crop] })).rejects.toMatchObject({
      code: 'edit-unrenderable',
      issues: [{ pointer: expect.stringMatching('^/edit/operations/0') as string }],
    })
    await expect(preview({ operations: [MARK] })).rejects.toMatchObject({
      code: 'asset-not-found',
      issues: [{ pointer: '/edit/operations/0/watermark_path' }],
    })
  })

  test('in a format that this ffmpeg cannot make points to the format', async () => {
    const missing = FFMPEG_PARTS.filter(({ name }) => name === 'libwebp')
    const health = { ...world().deps.health, capabilities: () => Promise.resolve({ ...COMPLETE, missing }) }
    const lacking = createUseCases({ ...world().deps, health })
    const ask = (format: 'jpeg' | 'webp') =>
      lacking.previewPicture(LOCAL_OWNER, edited(), { ...AT_ONE, format })
    await expect(ask('webp')).rejects.toMatchObject({
      code: 'ffmpeg-lacks-part',
      issues: [{ pointer: '/format' }],
    })
    expect((await ask('jpeg')).contentType).toBe('image/jpeg')
  })
})

describe('a frame of a video', () => {
  const frame = (at: number, id = video.id) => useCases.showFrame(LOCAL_OWNER, id, { ...AT_ONE, at })

  test('is the picture of the video without any edit', async () => {
    expect((await frame(1)).hash).toBe((await preview()).hash)
  })

  test('of a moment that the video has not is refused', async () => {
    await expect(frame(6)).rejects.toMatchObject({
      code: 'request-invalid',
      issues: [{ pointer: '/query/at' }],
    })
  })

  test('of a file of sound is refused', async () => {
    const sound = await world().addVideo({ facts: mediaFacts({ video: null, audio: [AUDIO] }) })
    await expect(frame(0, sound.id)).rejects.toMatchObject({ code: 'no-picture' })
  })

  test('of an image is the image, at all times', async () => {
    const { facts } = video
    const still = { ...facts, format: 'png_pipe', durationSec: 0, audio: [] }
    const picture = facts.video && { ...facts.video, durationSec: 0, frameCount: 1 }
    const { id } = await world().addVideo({ facts: { ...still, video: picture } })
    expect((await frame(100, id)).hash).toBe((await frame(0, id)).hash)
  })

  test('of another owner does not exist', async () => {
    await expect(useCases.showFrame('other' as Owner, video.id, AT_ONE)).rejects.toMatchObject({
      code: 'video-not-found',
    })
  })
})
