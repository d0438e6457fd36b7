import type { Sequelize, Transaction } from 'sequelize'
import type { JobId, VideoId } from '../../jobs/model.js'
import type { Database } from '../database.js'

/**
 * Removes files while the transaction holds its locks, however long that takes: if the server ended the idle
 * transaction, others would get the locks before the last file is gone. `removeFiles` must not use another connection:
 * all connections may be waiting in such transactions.
 */
export async function removeFilesIn(
  sequelize: Sequelize,
  transaction: Transaction,
  removeFiles: () => Promise<void>,
): Promise<void> {
  await sequelize.query('SET LOCAL idle_in_transaction_session_timeout = 0', { transaction })
  await removeFiles()
}

/** Storage keys among a job's outputs that rows refer to; for a folder, the key of one file in it. */
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
