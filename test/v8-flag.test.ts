import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { knowsV8Flag } from '../src/v8-flag.js'

test('this Node knows every flag of V8 that the API sets', async () => {
  const source = await readFile('src/api.ts', 'utf8')
  const flags = [...source.matchAll(/'(--[a-z-]+)'/g)].map(([, flag = '']) => flag)
  expect(flags).not.toEqual([])
  for (const flag of flags) expect(await knowsV8Flag(flag), flag).toBe(true)
})

test('a flag that V8 does not have is recognised as unknown', async () => {
  expect(await knowsV8Flag('--no-such-flag-of-v8')).toBe(false)
})
