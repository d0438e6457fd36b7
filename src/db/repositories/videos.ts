import { Op, type Transaction } from 'sequelize'
import { validate as isUuid } from 'uuid'
import { processedPrefix } from '../../jobs/keys.js'
import { isFinal, type JobId, type Owner, type VideoId } from '../../jobs/model.js'
import type { VideosRepository } from '../../jobs/ports/repositories.js'
import type { MediaFacts } from '../../plan/model/facts.js'
import type { Database } from '../database.js'
import type { VideoRow } from '../models/video.js'
import { toVideo } from '../records.js'
import { removeFilesIn } from './remove-files.js'

export function createVideosRepository(database: Database): VideosRepository {
  const { videos } = database
  return {
    async get(owner, id) {
      if (!isUuid(id)) return null
      const row = await videos.findOne({ where: { owner, id } })
      return row && toVideo(row)
    },

    async getById(id) {
      if (!isUuid(id)) return null
      const row = await videos.findByPk(id)
      return row && toVideo(row)
    },

    async getByFilename(owner, filename) {
      const row = await videos.findOne({ where: { owner, filename } })
      return row && toVideo(row)
    },

    async list(owner, { skip, limit }) {
      const { rows, count } = await videos.findAndCountAll({
        where: { owner },
        order: [
          ['uploadTime', 'DESC'],
          ['id', 'DESC'],
        ],
        offset: skip,
        limit,
      })
      return { videos: rows.map(toVideo), total: count }
    },

    async saveFacts(id, facts) {
      await videos.update(columnsOfFacts(facts), { where: { id } })
    },

    async markReady(id, facts, posterPath) {
      // A late attempt must not revive an upload that has failed, since its poster has been removed.
      const where = { id, status: { [Op.ne]: 'failed' as const } }
      await videos.update({ status: 'ready', posterPath, ...columnsOfFacts(facts) }, { where })
    },

    delete: (owner, id, removeFiles) => deleteVideo(database, owner, id, removeFiles),
  }
}

/** The facts and the columns that repeat them. */
export function columnsOfFacts(facts: MediaFacts) {
  return {
    facts,
    duration: facts.durationSec,
    width: facts.video?.width ?? null,
    height: facts.video?.height ?? null,
    format: facts.format,
  }
}

async function deleteVideo(
  database: Database,
  owner: Owner,
  id: VideoId,
  removeFiles: (keys: readonly string[]) => Promise<void>,
): ReturnType<VideosRepository['delete']> {
  if (!isUuid(id)) return 'not-found'
  return database.sequelize.transaction(async (transaction) => {
    // Jobs are locked before their video, as everywhere. A retry waits for the deletion and then finds no job.
    await lockJobs(database, id, transaction)
    // This lock waits for jobs that are being inserted, which share-lock the video, and delays later ones.
    const video = await database.videos.findOne({ where: { owner, id }, lock: true, transaction })
    if (!video) return 'not-found'
    const jobIds = await findEndedJobs(database, id, transaction)
    if (jobIds === 'in-use' || (await isReadByOther(database, owner, id, transaction))) return 'in-use'
    // The rows of their passes, outputs, overlays and idempotency keys are deleted with them.
    await database.jobs.destroy({ where: { id: { [Op.in]: jobIds } }, transaction })
    await video.destroy({ transaction })
    const keys = storageKeys(video, jobIds)
    await removeFilesIn(database.sequelize, transaction, () => removeFiles(keys))
    return { keys }
  })
}

function storageKeys({ filePath, posterPath }: VideoRow, jobIds: readonly JobId[]): string[] {
  const folders = jobIds.map(processedPrefix)
  const files = posterPath === null ? [filePath] : [filePath, posterPath]
  return [...folders, ...files.filter((file) => !folders.some((folder) => file.startsWith(folder)))]
}

async function lockJobs({ jobs }: Database, videoId: VideoId, transaction: Transaction): Promise<void> {
  await jobs.findAll({ where: { videoId }, attributes: ['id'], order: ['id'], lock: true, transaction })
}

async function findEndedJobs(database: Database, videoId: VideoId, transaction: Transaction) {
  const rows = await database.jobs.findAll({
    where: { videoId },
    attributes: ['id', 'status'],
    transaction,
  })
  return rows.every(({ status }) => isFinal(status)) ? rows.map(({ id }) => id) : 'in-use'
}

/** Whether a job of another video that has not ended reads this one. Ended jobs of other videos keep their outputs. */
async function isReadByOther(database: Database, owner: Owner, id: VideoId, transaction: Transaction) {
  const user = await database.jobs.findOne({
    where: {
      owner,
      status: { [Op.in]: ['pending', 'processing'] },
      otherVideoIds: { [Op.contains]: [id] },
    },
    attributes: ['id'],
    transaction,
  })
  return user !== null
}
