import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { Owner } from '../../../src/jobs/model.js'
import { createTraffic } from '../../../src/jobs/quotas/traffic.js'
import type { StoredFile } from '../../../src/jobs/use-cases.js'
import { useDatabase } from '../../db/fixtures.js'

const { repositories } = useDatabase()
afterEach(() => vi.useRealTimers())

const NOON = new Date('2026-11-30T12:00:00.000Z')
let owners = 0
const newOwner = () => `owner-${(owners += 1)}` as Owner

let path = ''
beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'cutroom-traffic-')), 'a.txt')
  await writeFile(path, '0123456789')
})
afterAll(() => rm(dirname(path), { recursive: true }))

/** A file of ten bytes. */
function tenBytes(): StoredFile {
  return {
    ...{ sizeBytes: 10, modifiedAt: NOON, sha256: null, contentType: 'text/plain', downloadName: 'a.txt' },
    open: (range) => Promise.resolve(createReadStream(path, range)),
  }
}

function trafficOf(bytesPerDay: number | null, now: () => Date = () => NOON) {
  return createTraffic({ usage: repositories().usage, log: pino({ level: 'silent' }), bytesPerDay, now })
}

const whole = (file: StoredFile) => ({ start: 0, end: file.sizeBytes - 1 })

test('what is sent is counted by owners, and is there for other processes once it is written', async () => {
  const [acme, bravo] = [newOwner(), newOwner()]
  const traffic = trafficOf(null)
  const file = traffic.counted(acme, tenBytes())
  expect(await text(await file.open(whole(file)))).toBe('0123456789')
  expect(await text(await file.open({ start: 2, end: 4 }))).toBe('234')
  expect([await traffic.sentToday(acme), await traffic.sentToday(bravo)]).toEqual([13, 0])
  expect(await trafficOf(null).sentToday(acme)).toBe(13)
})

describe('a quota', () => {
  test('refuses what would go beyond it, and tells when the day ends', async () => {
    const traffic = trafficOf(15)
    const owner = newOwner()
    const file = traffic.counted(owner, tenBytes())
    await text(await file.open(whole(file)))
    await expect(file.open(whole(file))).rejects.toMatchObject({
      ...{ code: 'traffic-quota-exceeded', retryAfterSec: 12 * 3600 },
      message:
        'At most 15 bytes of files are sent to one owner on one day of UTC, and this file would go beyond it. ' +
        'Try again after the time in Retry-After, or ask for a smaller range or output.',
    })
    expect(await text(await file.open({ start: 0, end: 4 }))).toBe('01234')
    expect(await text(await traffic.counted(newOwner(), tenBytes()).open(whole(file)))).toHaveLength(10)
  })

  test('holds for many downloads at once, before any of them has ended', async () => {
    const file = trafficOf(35).counted(newOwner(), tenBytes())
    const opened = await Promise.allSettled(Array.from({ length: 10 }, () => file.open(whole(file))))
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })

  test('holds for what other processes have sent', async () => {
    const owner = newOwner()
    const other = trafficOf(15)
    const [first, second] = [other, trafficOf(15)].map((one) => one.counted(owner, tenBytes()))
    if (!first || !second) throw new Error('both are there')
    await text(await first.open(whole(first)))
    await other.flush()
    await expect(second.open(whole(second))).rejects.toMatchObject({ code: 'traffic-quota-exceeded' })
  })

  test('counts only what was read of a download that the client has left', async () => {
    const traffic = trafficOf(1000)
    const owner = newOwner()
    const file = traffic.counted(owner, tenBytes())
    const source = await file.open(whole(file))
    source.destroy()
    await expect.poll(() => traffic.sentToday(owner)).toBe(0)
  })

  test('counts nothing for a file that cannot be opened', async () => {
    const traffic = trafficOf(10)
    const owner = newOwner()
    const gone = {
      ...tenBytes(),
      open: () => Promise.reject(new AppError('file-not-found', 'It is gone.')),
    }
    const file = traffic.counted(owner, gone)
    await expect(file.open(whole(file))).rejects.toMatchObject({ code: 'file-not-found' })
    expect(await traffic.sentToday(owner)).toBe(0)
  })

  test('begins anew with each day of UTC', async () => {
    let now = new Date('2026-11-30T23:59:59.500Z')
    const file = trafficOf(10, () => now).counted(newOwner(), tenBytes())
    await text(await file.open(whole(file)))
    await expect(file.open(whole(file))).rejects.toMatchObject({ retryAfterSec: 1 })
    now = new Date('2026-12-01T00:00:00.000Z')
    expect(await text(await file.open(whole(file)))).toHaveLength(10)
  })
})

test('an outage of the database loses no count and stops no download', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { usage } = repositories()
  let isAway = true
  const addSent: typeof usage.addSent = (...args) =>
    isAway ? Promise.reject(new AppError('db-unavailable', 'away')) : usage.addSent(...args)
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const traffic = createTraffic({ usage: { ...usage, addSent }, log, bytesPerDay: null, now: () => NOON })
  const owner = newOwner()
  const file = traffic.counted(owner, tenBytes())
  await text(await file.open(whole(file)))
  await vi.advanceTimersByTimeAsync(5000)
  await setImmediate()
  expect(lines.join()).toContain('cannot be written')
  isAway = false
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  await expect.poll(() => usage.addSent(owner, '2026-11-30', 0)).toBe(10)
})
