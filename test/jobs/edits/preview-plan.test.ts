import { expect, test } from 'vitest'
import { previewEdit } from '../../../src/jobs/edits/submit-edit.js'
import { LOCAL_OWNER } from '../../../src/jobs/model.js'
import { mediaFacts } from '../../support/plan-facts.js'
import { editRequest, useWorld } from '../world.js'

const world = useWorld()

test('a dry run shows passes, arguments and outputs with their keys, and creates nothing', async () => {
  const video = await world().addVideo({ facts: mediaFacts() })
  const plan = await previewEdit(world().deps, LOCAL_OWNER, editRequest(video))
  expect(plan.outputs).toEqual([
    expect.objectContaining({
      ...{ name: '480p', key: 'processed/{job_id}/480p.mp4', container: 'mp4', height: 480 },
      passName: 'transcode-480p',
    }),
  ])
  const [pass] = plan.passes
  expect(pass?.inputs).toEqual([video.filePath])
  expect(pass?.ffmpegArguments).toContain(`file:${video.filePath}`)
  expect(pass?.ffmpegArguments.at(-1)).toBe('file:processed/{job_id}/480p.mp4')
  expect(plan.outputs[0]?.maxSizeBytes).toBeGreaterThan(0)
  const { jobs } = world().deps.repositories
  const page = { limit: 10, after: null }
  expect(await jobs.list(LOCAL_OWNER, { videoId: video.id, type: 'quality' }, page)).toEqual([])
})
