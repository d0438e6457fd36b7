import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ActivityDeps } from '../../../activities/deps.js'
import { MAX_FAILURES } from '../../../activities/failure.js'
import { createRenderPass } from '../../../activities/passes/run-pass.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { WorkFolders } from '../../../src/jobs/ports/repositories.js'
import { useWorld } from '../../jobs/world.js'
import { activityDeps, attempt, fakeFfmpeg, PASS, startRendering } from '../world.js'

const world = useWorld()

const CRASH = 'exit 1'

const passOf = async (id: JobId) => (await world().deps.repositories.passes.list(id))[0]
/** The files that attempts have left in their work folders. */
const leftovers = async () => (await world().files()).filter((file) => file.startsWith('work/'))

const FULL = 'echo "[error] No space left on device" >&2; exit 1'

/** With work folders in which a file of this name finds the disk full. */
function withFullFolders(deps: ActivityDeps, name: string): ActivityDeps {
  const workFolders: WorkFolders = {
    ...deps.workFolders,
    create: async (folderName) => {
      const folder = await deps.workFolders.create(folderName)
      await symlink('/dev/full', join(folder, name))
      return folder
    },
  }
  return { ...deps, workFolders }
}

describe('a pass', () => {
  test('that meets a full disk waits for room, however often that happens', async () => {
    const { job } = await startRendering(world())
    const renderPass = createRenderPass(
      withFullFolders(activityDeps(world(), await fakeFfmpeg(FULL)), 'room-trial'),
    )
    for (let number = 1; number <= MAX_FAILURES + 1; number += 1) {
      const run = attempt(number).run(renderPass, { jobId: job.id, passName: PASS })
      await expect(run).rejects.toMatchObject({ type: 'disk-full', nonRetryable: false })
    }
  })

  test('whose ffmpeg speaks of a full disk that has room fails after a few attempts', async () => {
    const { job } = await startRendering(world())
    const renderPass = createRenderPass(activityDeps(world(), await fakeFfmpeg(FULL)))
    for (let number = 1; number <= MAX_FAILURES; number += 1) {
      const run = attempt(number).run(renderPass, { jobId: job.id, passName: PASS })
      const nonRetryable = number === MAX_FAILURES
      await expect(run).rejects.toMatchObject({ type: 'ffmpeg-crashed', nonRetryable })
    }
  })

  test('whose own files fill the disk waits for room, too, and leaves nothing', async () => {
    const { job, plan } = await startRendering(world())
    const deps = withFullFolders(activityDeps(world(), await fakeFfmpeg(CRASH)), 'side-0.ass')
    const sideFiles = [{ name: 'side-0.ass', contents: 'text' }]
    const withText = { ...plan, passes: plan.passes.map((pass) => ({ ...pass, sideFiles })) }
    const jobs = { ...deps.repositories.jobs, loadPlan: () => Promise.resolve(withText) }
    const renderPass = createRenderPass({ ...deps, repositories: { ...deps.repositories, jobs } })
    const run = attempt(MAX_FAILURES + 1).run(renderPass, { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ type: 'disk-full', nonRetryable: false })
    expect(await passOf(job.id)).toMatchObject({ errorCode: 'disk-full', status: 'pending' })
    expect(await leftovers()).toEqual([])
  })

  test('whose ffmpeg succeeds on a full disk is not trusted', async () => {
    const { job } = await startRendering(world())
    const deps = activityDeps(world(), await fakeFfmpeg('exit 0'))
    const room = [1e12, 0]
    const workFolders = { ...deps.workFolders, freeBytes: () => Promise.resolve(room.shift() ?? 0) }
    const run = attempt().run(createRenderPass({ ...deps, workFolders }), { jobId: job.id, passName: PASS })
    await expect(run).rejects.toMatchObject({ type: 'disk-full', nonRetryable: false })
  })
})
