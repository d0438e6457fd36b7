import type { InferAttributes, Model, ModelStatic } from 'sequelize'
import { validate as isUuid } from 'uuid'
import type { JobId, Owner, WholeJob } from '../../jobs/model.js'
import type { Database } from '../database.js'
import type { PassEntry } from '../models/pass.js'
import type { ProcessedVideoRow } from '../models/processed-video.js'
import { type PreparedStatement, queryPrepared } from '../query-prepared.js'
import { type JobColumns, toJob, toOutput, toPass } from '../records.js'
import { OUTPUT_ORDER } from './outputs.js'

/** A row within JSON, where times are text. */
type InJson<Row extends Model, Times> = Omit<InferAttributes<Row>, keyof Times> & Readonly<Times>

interface WholeRow extends JobColumns {
  readonly passes: readonly InJson<PassEntry, { startedAt: string | null; finishedAt: string | null }>[]
  readonly outputs: readonly InJson<ProcessedVideoRow, { createdAt: string }>[]
}

/** Implements JobsRepository.getWhole, which clients that wait for a job call again and again. */
export function createWholeJobs(database: Database) {
  const statement = wholeJobStatement(database)
  return async (owner: Owner, id: JobId): Promise<WholeJob | null> => {
    if (!isUuid(id)) return null
    const [row] = await queryPrepared<WholeRow>(database.sequelize, statement, [owner, id])
    return row ? toWholeJob(row) : null
  }
}

function toWholeJob({ passes, outputs, ...job }: WholeRow): WholeJob {
  return {
    job: toJob(job),
    passes: passes.map(({ startedAt, finishedAt, ...pass }) =>
      toPass({ ...pass, startedAt: toTime(startedAt), finishedAt: toTime(finishedAt) }),
    ),
    outputs: outputs.map(({ createdAt, ...output }) =>
      toOutput({ ...output, createdAt: new Date(createdAt) }),
    ),
  }
}

function toTime(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

/** Columns that are large, or that only the repositories use. */
const LEFT_OUT: ReadonlySet<string> = new Set(['plan', 'plannedBy', 'sweptAt', 'processingConfig'])

/** One statement, so that an ended job comes with all its outputs. */
function wholeJobStatement({ jobs, passes, processedVideos }: Database): PreparedStatement {
  const columns = columnsOf(jobs).map(({ name, field }) => `"${field}" AS "${name}"`)
  return {
    name: 'whole-job',
    text: `SELECT ${columns.join(', ')},
      ${asJson(passes, 'position')} AS passes,
      ${asJson(processedVideos, OUTPUT_ORDER.join(', '))} AS outputs
    FROM jobs WHERE owner = $1 AND id = $2`,
  }
}

function asJson(model: ModelStatic<Model>, order: string): string {
  const fields = columnsOf(model).map(({ name, field }) => `'${name}', "${field}"`)
  return `(SELECT coalesce(json_agg(json_build_object(${fields.join(', ')}) ORDER BY ${order}), '[]')
    FROM "${model.tableName}" WHERE job_id = jobs.id)`
}

function columnsOf(model: ModelStatic<Model>): { name: string; field: string }[] {
  return Object.entries(model.getAttributes()).flatMap(([name, { field = name }]) =>
    LEFT_OUT.has(name) ? [] : [{ name, field }],
  )
}
