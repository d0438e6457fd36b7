import { Op, QueryTypes } from 'sequelize'
import type { JobId } from '../../jobs/model.js'
import type { Plan, Warning } from '../../plan/model/plan.js'
import { storableText } from '../../storable.js'
import type { Database } from '../database.js'
import { UNFINISHED } from './job-ends.js'

/** See JobsRepository.savePlan. */
export async function savePlan({ sequelize, jobs, passes }: Database, id: JobId, plan: Plan): Promise<void> {
  await sequelize.transaction(async (transaction) => {
    const job = await jobs.findOne({
      where: { id, status: { [Op.in]: UNFINISHED } },
      attributes: ['id', 'warnings'],
      lock: transaction.LOCK.UPDATE,
      transaction,
    })
    if (!job) return
    // A retried job does not repeat the passes that have warned of something.
    const added = job.warnings.filter((warning) => !plan.warnings.some((one) => isSame(one, warning)))
    await jobs.update({ plan, warnings: [...plan.warnings, ...added] }, { where: { id }, transaction })
    const rows = [...plan.measurements, ...plan.passes, ...plan.assemblies, ...plan.derived].map(
      ({ name, kind, outputNames, cost }, position) => ({
        jobId: id,
        name,
        position,
        kind,
        outputNames: [...outputNames],
        cost,
      }),
    )
    // Of an earlier plan that a later version made otherwise.
    const names = rows.map(({ name }) => name)
    await passes.destroy({ where: { jobId: id, name: { [Op.notIn]: names } }, transaction })
    await passes.bulkCreate(rows, { ignoreDuplicates: true, transaction })
  })
}

/** null: there is none, or one of an older version. */
export async function loadPlan({ jobs }: Database, id: JobId): Promise<Plan | null> {
  const row = await jobs.findByPk(id, { attributes: ['plan'] })
  return row?.plan?.version === 2 ? row.plan : null
}

function isSame(a: Warning, b: Warning): boolean {
  return a.code === b.code && a.message === b.message
}

/** One statement, so that passes that warn at the same time lose nothing and repeat nothing. */
export async function addWarning(
  { sequelize }: Database,
  id: JobId,
  { code, message }: Warning,
): Promise<void> {
  const warning = JSON.stringify([{ code, message: storableText(message) }])
  await sequelize.query(
    `UPDATE jobs SET updated_at = now(), warnings = warnings || $warning::jsonb
     WHERE id = $id AND status IN ('pending', 'processing') AND NOT warnings @> $warning::jsonb`,
    { bind: { id, warning }, type: QueryTypes.UPDATE },
  )
}
