/**
 * @import { JobId } from '../src/jobs/model.js'
 * @import { Plan } from '../src/plan/model/plan.js'
 * @typedef {Awaited<ReturnType<typeof openStoredPlans>>} StoredPlans
 */

/**
 * Opens the plans of jobs as the platform has stored them, which tell more than a dry run does.
 * @param {string} dataDir
 */
export async function openStoredPlans(dataDir) {
  const [{ readPlatformFile }, { connectDatabase, close }, { createRepositories }] = await Promise.all([
    import('#built/src/platform/platform-file.js'),
    import('#built/src/db/database.js'),
    import('#built/src/db/create-repositories.js'),
  ])
  const platform = await readPlatformFile(dataDir)
  if (!platform) throw new Error(`No platform runs on ${dataDir}.`)
  const database = connectDatabase(platform.databaseUrl)
  const { jobs } = createRepositories(database)
  return {
    /**
     * @param {string} jobId
     * @returns {Promise<Plan>}
     */
    load: async (jobId) => {
      const plan = await jobs.loadPlan(/** @type {JobId} */ (jobId))
      if (!plan) throw new Error(`The job ${jobId} has no plan.`)
      return plan
    },
    close: () => close(database),
  }
}
