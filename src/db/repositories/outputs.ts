import { literal } from 'sequelize'
import type { JobId, Output } from '../../jobs/model.js'
import type { OutputsRepository } from '../../jobs/ports.js'
import type { Database } from '../database.js'
import { toOutput } from '../records.js'

export function createOutputsRepository(database: Database): OutputsRepository {
  return {
    list: (jobId) => listOutputs(database, [jobId]),
    listForJobs: (jobIds) => listOutputs(database, jobIds),
  }
}

/** Films come first, then sound alone, single pictures, and what has neither. */
async function listOutputs({ processedVideos }: Database, jobIds: readonly JobId[]): Promise<Output[]> {
  const rows = await processedVideos.findAll({
    where: { jobId: [...jobIds] },
    order: [
      literal('frame_rate IS NULL'),
      literal('frame_rate IS NULL AND audio_codec IS NULL'),
      literal('width * height DESC NULLS LAST'),
      ['name', 'ASC'],
    ],
  })
  return rows.map(toOutput)
}
