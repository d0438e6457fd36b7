import type { Sequelize, Transaction } from 'sequelize'
import type { JobId, VideoId } from '../../jobs/model.js'
import type { Database } from '../database.js'

/**
 * Removes files while the transaction holds its locks, however long that takes: a server that ends idle transactions
 * would let others in before the last file is gone. What is removed must not need another connection: all may be taken
 * by others who do the same.
 */
export async function removeFilesIn(
  sequelize: Sequelize,
  transaction: Transaction,
  removeFiles: () => Promise<void>,
): Promise<void> {
  await sequelize.query('SET LOCAL idle_in_transaction_session_timeout = 0', { transaction })
  await removeFiles()
}

/** Keys of the files among a job's outputs that a row names; of folders that of one file in it. */
export async function recordedKeys(
  { processedVideos, videos }: Database,
  { id, videoId }: { readonly id: JobId; readonly videoId: VideoId },
  transaction: Transaction,
): Promise<string[]> {
  const outputs = await processedVideos.findAll({
    where: { jobId: id },
    attributes: ['filePath'],
    transaction,
  })
  const video = await videos.findByPk(videoId, { attributes: ['posterPath'], transaction })
  return [
    ...outputs.map(({ filePath }) => filePath),
    ...(video?.posterPath == null ? [] : [video.posterPath]),
  ]
}
