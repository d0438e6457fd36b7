import { beforeAll, describe, expect, test } from 'vitest'
import { cancelJob } from '../../../src/jobs/lifecycle/cancel-job.js'
import { endJob } from '../../../src/jobs/lifecycle/end-job.js'
import { settleEnded } from '../../../src/jobs/lifecycle/settle-ended.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { WorkflowState } from '../../../src/jobs/ports/repositories.js'
import { useWorld } from '../../jobs/world.js'
import { newJob } from '../../support/records.js'
import { selectAll, useDatabase } from '../fixtures.js'

/** At the commit of a job's end, the event of that end has to be there, written by the same transaction. */
const WATCHMAN = `
CREATE FUNCTION watch_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM events WHERE data ->> 'job_id' = NEW.id::text AND type = 'job.' || NEW.status
      AND xmin::text::bigint = pg_current_xact_id()::text::bigint % (2::bigint ^ 32)::bigint
  ) THEN
    RAISE EXCEPTION 'the end of job % was written without its event', NEW.id;
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER watch_end AFTER INSERT OR UPDATE ON jobs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.status IN ('completed', 'failed', 'cancelled') AND NEW.stage = 'done') EXECUTE FUNCTION watch_end();
`

const database = useDatabase()
const world = useWorld(database)
beforeAll(() => database.database().sequelize.query(WATCHMAN))

async function addJob(isBegun = true) {
  const { jobs } = world().deps.repositories
  const job = newJob((await world().addVideo()).id)
  await jobs.create(job, null)
  if (isBegun) await jobs.enterStage(job.id, 'rendering')
  return job
}

async function endsOf(id: JobId) {
  const rows = await selectAll(
    database.database(),
    `SELECT type FROM events WHERE data ->> 'job_id' = $id AND type <> 'job.started' ORDER BY place`,
    { id },
  )
  return rows.map(({ type }) => type)
}

test('the watch finds an end without its event', async () => {
  const job = await addJob()
  await expect(
    database.database().sequelize.query("UPDATE jobs SET status = 'failed', stage = 'done' WHERE id = $id", {
      bind: { id: job.id },
    }),
  ).rejects.toThrow('without its event')
})

describe('a job tells of its end once', () => {
  test.each(['completed', 'failed', 'cancelled'] as const)(
    'when its workflow writes it: %s',
    async (status) => {
      const job = await addJob()
      const end = { status, errorCode: null, errorMessage: null }
      await endJob(world().deps, job, end, { removesOutputs: true })
      await endJob(world().deps, job, end, { removesOutputs: true })
      expect(await endsOf(job.id)).toEqual([`job.${status}`])
    },
  )

  test('when it is cancelled before it has a workflow', async () => {
    const job = await addJob(false)
    await cancelJob(world().deps, job.owner, job.id)
    await cancelJob(world().deps, job.owner, job.id)
    expect(await endsOf(job.id)).toEqual(['job.cancelled'])
  })

  test.each<[WorkflowState, string]>([
    ['cancelled', 'job.cancelled'],
    ['terminated', 'job.failed'],
    ['timed-out', 'job.failed'],
    ['failed', 'job.failed'],
    ['completed', 'job.failed'],
    ['unknown', 'job.failed'],
  ])('when its workflow has not written it: %s', async (state, type) => {
    const job = await addJob()
    world().orchestrator.states.set(job.workflowId, state)
    await settleEnded(world().deps)
    await settleEnded(world().deps)
    expect(await endsOf(job.id)).toEqual([type])
  })
})
