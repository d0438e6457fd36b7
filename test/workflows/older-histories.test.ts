import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'

Runtime.install({ logger: new DefaultLogger('ERROR') })

/**
 * Workflows that a version began and another one goes on with. The files are histories as the SDK
 * fetched them, of the version in which every step was an activity of a queue.
 */
test.each(['edit-completed', 'edit-rendering', 'upload-completed'])(
  'the workflow %s of an older version goes on as it began',
  async (name) => {
    const json = await readFile(join('test/histories', `${name}.json`), 'utf8')
    const history: unknown = JSON.parse(json)
    const bundle = { codePath: 'dist/workflow-bundle.js' }
    await expect(Worker.runReplayHistory({ workflowBundle: bundle }, history)).resolves.toBeUndefined()
  },
)
