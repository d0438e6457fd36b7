import { describe, expect, test } from 'vitest'
import { remember, rememberFor } from '../src/remember.js'

test('what is remembered is found once, and again after a failure', async () => {
  let finds = 0
  const ask = remember(() =>
    (finds += 1) === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve(finds),
  )
  await expect(ask()).rejects.toThrow('not yet')
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2])
  expect(await ask()).toBe(2)
})

describe('what is remembered for a time', () => {
  test('is found once for all who ask meanwhile and within the time, and then again', async () => {
    let [nowMs, finds] = [0, 0]
    const ask = rememberFor(
      5,
      () => Promise.resolve((finds += 1)),
      () => nowMs,
    )
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
    nowMs = 4
    expect(await ask()).toBe(1)
    nowMs = 5
    expect(await Promise.all([ask(), ask()])).toEqual([2, 2])
  })

  test('includes a failure', async () => {
    let [nowMs, finds] = [0, 0]
    const ask = rememberFor(
      5,
      () => Promise.reject(new Error(String((finds += 1)))),
      () => nowMs,
    )
    await expect(ask()).rejects.toThrow('1')
    await expect(ask()).rejects.toThrow('1')
    nowMs = 6
    await expect(ask()).rejects.toThrow('2')
  })
})
