import { expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { Owner } from '../../../src/jobs/model.js'
import { countOpen } from '../../../src/jobs/quotas/count-open.js'

const [ACME, BRAVO] = ['acme' as Owner, 'bravo' as Owner]
const refuse = (open: number) => new AppError('too-many-streams', `${open} are open`)

test('each owner may have so many open, and one that is left twice counts once', () => {
  const counts = countOpen(2, refuse)
  const leaveFirst = counts.enter(ACME)
  counts.enter(ACME)
  expect(() => counts.enter(ACME)).toThrow('2 are open')
  counts.enter(BRAVO)
  leaveFirst()
  leaveFirst()
  expect([counts.count(ACME), counts.count(BRAVO)]).toEqual([1, 1])
  counts.enter(ACME)
  expect(() => counts.enter(ACME)).toThrow('2 are open')
})

test('without a limit they are counted all the same', () => {
  const counts = countOpen(null, refuse)
  const leave = Array.from({ length: 100 }, () => counts.enter(ACME))
  expect(counts.count(ACME)).toBe(100)
  for (const end of leave) end()
  expect(counts.count(ACME)).toBe(0)
})
