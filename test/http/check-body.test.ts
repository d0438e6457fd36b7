import { expect, test } from 'vitest'
import { runBodyTask } from '../../src/http/check-body.js'

const check = (body: unknown) =>
  runBodyTask({ operationId: 'createEdit', bytes: new TextEncoder().encode(JSON.stringify(body)) })
const ID = '01890a5d-ac96-774b-bcce-b302099a8057'

test('a body with far too many values is refused for their number alone', () => {
  const { issues } = check({ video_id: ID, operations: Array.from({ length: 300_000 }, () => 0) })
  expect(issues).toEqual([{ pointer: '', message: 'has more than 50000 values' }])
})

test('so is one with many lists', () => {
  const metadata = Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => []))
  expect(check({ video_id: ID, metadata: { metadata } }).issues).toHaveLength(1)
})

test('of very many mistakes a hundred are listed', () => {
  const { issues } = check({ video_id: ID, operations: Array.from({ length: 5000 }, () => 0) })
  expect(issues).toHaveLength(100)
})

test('mistakes at long places are cut, whatever finds them', () => {
  const many = Array.from({ length: 200 }, () => ({ constructor: 0 }))
  const { issues } = check({ ['x'.repeat(100_000)]: many })
  expect(issues).toHaveLength(100)
  expect(Math.max(...issues.map(({ pointer }) => pointer.length))).toBeLessThan(1100)
})

test('a body that is right comes with its defaults', () => {
  const { issues, value } = check({ video_id: ID })
  expect(issues).toEqual([])
  expect(value).toMatchObject({ video_id: ID, operations: [], dry_run: false })
})

test('a route without a JSON body is a mistake of the code', () => {
  expect(() => runBodyTask({ operationId: 'listJobs' })).toThrow('has no JSON body')
})
