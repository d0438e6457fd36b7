import { Op, QueryTypes, type Transaction } from 'sequelize'
import type { JobId } from '../../jobs/model.js'
import type { JobsRepository } from '../../jobs/ports/repositories.js'
import type { Plan, Warning } from '../../plan/model/plan.js'
import { storableText } from '../../storable.js'
import type { Database } from '../database.js'
import type { JobRow } from '../models/job.js'
import { UNFINISHED } from './job-ends.js'

type JobPlans = Pick<JobsRepository, 'savePlan' | 'loadPlan' | 'addWarning'>

export function jobPlans(database: Database): JobPlans {
  const { sequelize, jobs } = database
  return {
    savePlan: (id, plan, workflowId) => savePlan(database, id, plan, workflowId),

    async loadPlan(id) {
      const row = await jobs.findByPk(id, { attributes: ['plan'] })
      return row && currentPlan(row)
    },

    // One statement, so that passes that warn at the same time lose nothing and repeat nothing.
    async addWarning(id, { code, message }) {
      const warning = JSON.stringify([{ code, message: storableText(message) }])
      await sequelize.query(
        `UPDATE jobs SET updated_at = now(), warnings = warnings || $warning::jsonb
         WHERE id = $id AND status IN ('pending', 'processing') AND NOT warnings @> $warning::jsonb`,
        { bind: { id, warning }, type: QueryTypes.UPDATE },
      )
    },
  }
}

async function savePlan(database: Database, id: JobId, plan: Plan, workflowId?: string): Promise<Plan> {
  const { sequelize, jobs } = database
  return sequelize.transaction(async (transaction) => {
    const job = await jobs.findOne({
      where: { id, status: { [Op.in]: UNFINISHED } },
      attributes: ['id', 'warnings', 'plan', 'plannedBy', 'workflowId'],
      lock: transaction.LOCK.UPDATE,
      transaction,
    })
    if (!job || (workflowId !== undefined && job.workflowId !== workflowId)) return plan
    const standing = job.plannedBy === job.workflowId ? currentPlan(job) : null
    if (standing) return standing
    // A retried job does not repeat completed passes, so the warnings that they have added stay.
    const added = job.warnings.filter((warning) => !plan.warnings.some((one) => isSame(one, warning)))
    const changes = { plan, plannedBy: job.workflowId, warnings: [...plan.warnings, ...added] }
    await jobs.update(changes, { where: { id }, transaction })
    await replacePasses(database, id, plan, transaction)
    return plan
  })
}

/** Existing rows of passes that are in the plan stay as they are; those of other passes are deleted. */
async function replacePasses(
  { passes }: Database,
  id: JobId,
  plan: Plan,
  transaction: Transaction,
): Promise<void> {
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
  const names = rows.map(({ name }) => name)
  await passes.destroy({ where: { jobId: id, name: { [Op.notIn]: names } }, transaction })
  await passes.bulkCreate(rows, { ignoreDuplicates: true, transaction })
}

/** null: the row has no plan, or one of an older version. */
function currentPlan({ plan }: Pick<JobRow, 'plan'>): Plan | null {
  return plan?.version === 2 ? plan : null
}

function isSame(a: Warning, b: Warning): boolean {
  return a.code === b.code && a.message === b.message
}
