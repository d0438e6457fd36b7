import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { archiveOutput, listOutputFiles } from '../../../src/jobs/archives/output-files.js'
import { createUseCases } from '../../../src/jobs/create-use-cases.js'
import { LOCAL_OWNER, type Owner } from '../../../src/jobs/model.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import type { StoredFile } from '../../../src/jobs/use-cases.js'
import { makeOutput, newJob, newPass, newPlan } from '../../support/records.js'
import { unzip } from '../../support/unzip.js'
import { useWorld } from '../world.js'

const world = useWorld()
const STREAM = ['master.m3u8', 'media_0.m3u8', 'segment-0-00001.m4s']
let job: NewJob

/** A completed job with a film and a stream. */
beforeEach(async () => {
  const { repositories, storage } = world().deps
  const video = await world().addVideo({ originalFilename: 'my: clip.mp4' })
  job = newJob(video.id)
  await repositories.jobs.create(job, null)
  await repositories.jobs.savePlan(job.id, newPlan([newPass('film', 1), newPass('stream', 1)]))
  const filePath = `processed/${job.id}/stream/master.m3u8`
  const stream = makeOutput(job, 'hls', { filename: 'master.m3u8', filePath, container: 'hls' })
  await repositories.passes.complete(job.id, 'film', [makeOutput(job, '480p')])
  await repositories.passes.complete(job.id, 'stream', [stream])
  await repositories.jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
  for (const path of ['480p.mp4', ...STREAM.map((name) => `stream/${name}`)]) {
    const { path: file } = await world().receive(path)
    await storage.putFile(`processed/${job.id}/${path}`, file, 'replace')
  }
})

const archive = (name: string | null, owner = LOCAL_OWNER) => archiveOutput(world().deps, owner, job.id, name)
const whole = ({ open, sizeBytes }: StoredFile) => open({ start: 0, end: sizeBytes - 1 })
const list = (name: string, page: { limit: number; after: string | null }) =>
  listOutputFiles(world().deps, { owner: LOCAL_OWNER, id: job.id, name }, page)

describe('the archive of an output', () => {
  test('has all of the files beside it, in a folder with a name that all systems take', async () => {
    const file = await archive('hls')
    expect(file).toMatchObject({
      contentType: 'application/zip',
      downloadName: 'my: clip-hls.zip',
      isMade: true,
    })
    const bytes = await buffer(await whole(file))
    expect(bytes.length).toBe(file.sizeBytes)
    const files = [...(await unzip(bytes))].map(([path, contents]) => [path, contents.toString()])
    expect(files).toEqual(STREAM.map((name) => [`my_ clip-hls/${name}`, `stream/${name}`]))
  })

  test('of a single file has that file', async () => {
    expect([...(await unzip(await buffer(await whole(await archive('480p'))))).keys()]).toEqual([
      'my_ clip-480p/480p.mp4',
    ])
  })

  test('is refused as the download of the output is', async () => {
    await expect(archive('dash')).rejects.toMatchObject({ code: 'output-not-found' })
    await expect(archive('hls', 'other' as Owner)).rejects.toMatchObject({ code: 'job-not-found' })
  })

  test('counts as bytes that its owner was sent', async () => {
    const { deps } = world()
    const useCases = createUseCases({ ...deps, quotas: { ...deps.quotas, sentBytesPerDay: 100 } })
    const file = await useCases.archiveOutput(LOCAL_OWNER, job.id, 'hls')
    expect(file.sizeBytes).toBeGreaterThan(100)
    await expect(whole(file)).rejects.toMatchObject({ code: 'traffic-quota-exceeded' })
  })
})

describe('the list of the files of an output', () => {
  test('has them with their sizes and types, a page at a time', async () => {
    const first = await list('hls', { limit: 2, after: null })
    expect(first).toMatchObject({ count: 3, hasMore: true })
    expect(first.sizeBytes).toBe(STREAM.reduce((sum, name) => sum + `stream/${name}`.length, 0))
    expect(first.files.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['master.m3u8', 'application/vnd.apple.mpegurl'],
      ['media_0.m3u8', 'application/vnd.apple.mpegurl'],
    ])
    const second = await list('hls', { limit: 2, after: 'media_0.m3u8' })
    expect(second.files).toMatchObject([{ name: STREAM[2], sizeBytes: `stream/${STREAM[2]}`.length }])
    expect(second.hasMore).toBe(false)
  })

  test('of a single file has one', async () => {
    expect((await list('480p', { limit: 10, after: null })).files).toMatchObject([{ name: '480p.mp4' }])
  })
})
