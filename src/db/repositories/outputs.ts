import { literal, QueryTypes } from 'sequelize'
import type { JobId, Output, Owner } from '../../jobs/model.js'
import type { OutputsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import { toOutput } from '../records.js'

export function createOutputsRepository(database: Database): OutputsRepository {
  return {
    list: (jobId) => listOutputs(database, [jobId]),
    listForJobs: (jobIds) => listOutputs(database, jobIds),
    findStored: (owner, fingerprints) => findStored(database, owner, fingerprints),
  }
}

/** Films come first, then sound alone, then single pictures, then outputs with neither. */
export const OUTPUT_ORDER = [
  'frame_rate IS NULL',
  'frame_rate IS NULL AND audio_codec IS NULL',
  'width * height DESC NULLS LAST',
  'name',
]

async function listOutputs({ processedVideos }: Database, jobIds: readonly JobId[]): Promise<Output[]> {
  const rows = await processedVideos.findAll({
    where: { jobId: [...jobIds] },
    order: OUTPUT_ORDER.map((column) => literal(column)),
  })
  return rows.map(toOutput)
}

/** Leaves out the outputs of jobs with warnings that arose while rendering: rendering again repeats the warnings. */
async function findStored(
  { sequelize }: Database,
  owner: Owner,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (fingerprints.length === 0) return new Map()
  const rows = await sequelize.query<{ fingerprint: string; key: string }>(
    `SELECT DISTINCT ON (fingerprint) fingerprint, file_path AS key
     FROM processed_videos JOIN jobs ON jobs.id = job_id
     WHERE fingerprint = ANY($fingerprints) AND owner = $owner
       AND json_array_length(plan->'warnings') = jsonb_array_length(warnings)
     ORDER BY fingerprint, processed_videos.created_at DESC`,
    { bind: { owner, fingerprints: [...fingerprints] }, type: QueryTypes.SELECT },
  )
  return new Map(rows.map(({ fingerprint, key }) => [fingerprint, key]))
}
