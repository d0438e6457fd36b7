import { describe, expect, test } from 'vitest'
import type { OutputId } from '../../../src/jobs/model.js'
import { imageOverlay, textOverlay } from '../../support/overlays.js'
import { newPass, newPlan } from '../../support/records.js'
import { ANY_DATE, newOutput, selectAll, startJob, useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const ATTEMPT = { number: 1, worker: 'worker-1' }

describe('completing a pass', () => {
  const text = textOverlay({
    content: 'नमस्ते',
    position_x: 40,
    position_y: 1e12,
    start_time: 0.5,
    end_time: 5,
    font_size: 48,
    font_color: '#ffffff',
    language: 'hi',
  })
  const image = imageOverlay({ position_x: '12.5%', position_y: -3.4, anchor: 'bottom' })

  test('records the output and its overlays', async () => {
    const { outputs, passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const output = newOutput(job, 'a')
    await passes.begin(job.id, 'a', ATTEMPT)
    await passes.complete(job.id, 'a', [output], { overlays: [text, image] })

    expect(await passes.list(job.id)).toMatchObject([
      { status: 'completed', progress: 1, errorCode: null, finishedAt: ANY_DATE },
    ])
    expect(await outputs.list(job.id)).toEqual([output])
    expect(await overlaysOf(output.id)).toMatchObject([
      {
        overlay_type: 'text',
        content: 'नमस्ते',
        position_x: 40,
        position_y: 2 ** 31 - 1,
        font_size: 48,
        language: 'hi',
      },
      {
        overlay_type: 'image',
        content: 'logo.png',
        end_time: null,
        font_color: null,
        // A position that is a share of the picture is not a number of pixels.
        position_x: null,
        position_y: -3,
        config: image,
      },
    ])
    const config = await selectAll(
      database(),
      'SELECT processing_config FROM processed_videos WHERE id = $id',
      {
        id: output.id,
      },
    )
    expect(config).toEqual([{ processing_config: job.config }])
  })

  test('records once, even when it is called several times at the same time', async () => {
    const { outputs, passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const attempts = Array.from({ length: 8 }, () => newOutput(job, 'a'))
    await Promise.all(attempts.map((output) => passes.complete(job.id, 'a', [output], { overlays: [text] })))

    const recorded = await outputs.list(job.id)
    expect(recorded).toHaveLength(1)
    const ids = attempts.map(({ id }) => id)
    const overlays = await Promise.all(ids.map((id) => overlaysOf(id)))
    expect(overlays.flat()).toHaveLength(1)
  })

  test('refuses a pass that the plan does not have, and records nothing', async () => {
    const { outputs, passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    const completion = passes.complete(job.id, 'b', [newOutput(job, 'b')])
    await expect(completion).rejects.toMatchObject({ code: 'job-not-found' })
    expect(await outputs.list(job.id)).toEqual([])
  })

  async function overlaysOf(id: OutputId) {
    return selectAll(database(), 'SELECT * FROM overlays WHERE processed_video_id = $id ORDER BY id', { id })
  }
})
