import { expect, test } from 'vitest'
import { cpuSecOf, parseStat, residentBytesOf, treesOf } from '../../bench/process-tree.mjs'

interface Usage {
  readonly times: string
  readonly pages?: number
}

test('a process is read whatever characters its name has, and counted with all its descendants', () => {
  const stat = (pid: number, parent: number, name: string, { times, pages = 1 }: Usage) =>
    parseStat(
      `${pid} (${name}) S ${parent} 1 1 0 -1 4194560 1 1 0 0 ${times} 20 0 1 0 100 5000 ${pages} 184467 1 1 0`,
    )
  const worker = stat(10, 1, 'a) (b', { times: '100 50 30 20', pages: 3 })
  expect(worker).toMatchObject({ pid: 10, parent: 1, name: 'a) (b' })
  expect(worker.ownSec).toBe(3 * worker.childrenSec)
  const all = [
    stat(12, 11, 'ffmpeg', { times: '7 0 0 0' }),
    stat(13, 2, 'other', { times: '9 0 0 0' }),
    worker,
  ]
  const tree = treesOf([...all, stat(11, 10, 'sh', { times: '0 0 0 0' })], [10])
  expect(tree.map(({ pid }) => pid).sort((a, b) => a - b)).toEqual([10, 11, 12])
  expect(cpuSecOf(tree) / worker.childrenSec).toBeCloseTo(207 / 50)
  expect((residentBytesOf(tree) / worker.residentBytes) * 3).toBe(5)
})
