import { beforeAll, describe } from 'vitest'
import { describeWorkflows } from './all-workflows.js'
import { cacheWorkflows } from './run-workflow.js'

describe.each([
  ['kept between their steps', 100],
  ['replayed from their start at each step, as after a restart of the worker', 0],
])('workflows that are %s', (_, count) => {
  beforeAll(() => cacheWorkflows(count))

  describeWorkflows()
})
