import { fn, Op, type Transaction } from 'sequelize'
import type { JobId } from '../../jobs/model.js'
import type { JobsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import { UNFINISHED } from './job-ends.js'
import { LONGEST_UNSWEPT } from './job-starts.js'
import { noteEvents, outputEvent } from './outbox.js'
import { recordedKeys, removeFilesIn } from './remove-files.js'

/** Jobs of uploads are left out: their posters stay with the videos. */
const expirable = (before: Date) => ({
  type: { [Op.ne]: 'upload' as const },
  status: { [Op.notIn]: UNFINISHED },
  expiredAt: null,
  finishedAt: { [Op.lt]: before },
})

type JobExpiry = Pick<JobsRepository, 'listExpirable' | 'expire' | 'cleanBroken'>

export function jobExpiry(database: Database): JobExpiry {
  const { sequelize, jobs } = database
  return {
    async listExpirable(before, limit) {
      const rows = await jobs.findAll({
        where: expirable(before),
        attributes: ['id'],
        order: [LONGEST_UNSWEPT, 'finishedAt', 'id'],
        limit,
      })
      return rows.map(({ id }) => id)
    },

    async expire(id, before, removeFiles) {
      return sequelize.transaction(async (transaction) => {
        // The row lock keeps a retry waiting until the files are gone, and the condition finds one that came before.
        const [changed] = await jobs.update(
          { expiredAt: fn('now') },
          { where: { ...expirable(before), id }, transaction },
        )
        if (changed === 0) return false
        await noteExpiry(database, id, transaction)
        await removeFilesIn(sequelize, transaction, removeFiles)
        return true
      })
    },

    async cleanBroken(id, before, removeFiles) {
      await sequelize.transaction(async (transaction) => {
        const job = await jobs.findOne({
          where: { id, status: ['failed', 'cancelled'], finishedAt: { [Op.lt]: before } },
          attributes: ['id', 'videoId'],
          lock: transaction.LOCK.UPDATE,
          transaction,
        })
        if (!job) return
        const recorded = await recordedKeys(database, job, transaction)
        await removeFilesIn(sequelize, transaction, () => removeFiles(recorded))
      })
    },
  }
}

async function noteExpiry(database: Database, id: JobId, transaction: Transaction): Promise<void> {
  const job = await database.jobs.findByPk(id, { attributes: ['owner'], transaction, rejectOnEmpty: true })
  const outputs = await database.processedVideos.findAll({
    where: { jobId: id },
    attributes: ['id', 'jobId', 'originalVideoId', 'name'],
    transaction,
  })
  await noteEvents(
    database,
    transaction,
    job.owner,
    outputs.map((output) => outputEvent('output.expired', output)),
  )
}
