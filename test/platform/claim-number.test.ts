import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { claimNumber } from '../../src/platform/claim-number.js'

test.skipIf(process.platform !== 'linux')(
  'the lowest free number is claimed by only one process at a time, in each scope',
  async () => {
    const scope = randomUUID()
    const [first, second] = [await claimNumber(scope), await claimNumber(scope)]
    expect([first?.number, second?.number]).toEqual([1, 2])
    expect((await claimNumber(randomUUID()))?.number).toBe(1)
    first?.release()
    expect((await claimNumber(scope))?.number).toBe(1)
    expect((await claimNumber(scope))?.number).toBe(3)
  },
)

test.skipIf(process.platform === 'linux')('there are no numbers on other systems', async () => {
  expect(await claimNumber(randomUUID())).toBeNull()
})
