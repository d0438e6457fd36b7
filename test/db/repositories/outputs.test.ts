import { describe, expect, test } from 'vitest'
import { newPass, newPlan } from '../../support/records.js'
import { newOutput, startJob, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

describe('listing outputs', () => {
  test('gives the largest film first, then sound, then pictures', async () => {
    const { outputs, passes } = repositories()
    const names = ['waveform', 'sound', 'small', 'large', 'tall']
    const job = await startJob(repositories(), newPlan(names.map((name) => newPass(name, 1))))
    const sizes = {
      sound: { width: null, height: null, frameRate: null, videoCodec: null, audioCodec: 'mp3' },
      waveform: { width: 8192, height: 4320, frameRate: null, audioCodec: null },
      small: { width: 854, height: 480 },
      large: { width: 1920, height: 1080 },
      tall: { width: 720, height: 1280 },
    }
    for (const [name, size] of Object.entries(sizes)) {
      await passes.complete(job.id, name, [newOutput(job, name, size)])
    }
    const listed = await outputs.list(job.id)
    expect(listed.map(({ name }) => name)).toEqual(['large', 'tall', 'small', 'sound', 'waveform'])
  })
})
