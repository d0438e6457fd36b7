/** The plans of jobs as the platform has stored them: what a dry run does not tell. */
export async function openStoredPlans(dataDir) {
  const [{ readPlatformFile }, { connectDatabase, close }, { createRepositories }] = await Promise.all([
    import('../dist/src/platform/platform-file.js'),
    import('../dist/src/db/database.js'),
    import('../dist/src/db/create-repositories.js'),
  ])
  const { databaseUrl } = await readPlatformFile(dataDir)
  const database = connectDatabase(databaseUrl)
  const { jobs } = createRepositories(database)
  return { load: (jobId) => jobs.loadPlan(jobId), close: () => close(database) }
}
