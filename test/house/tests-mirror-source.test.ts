import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { crowdedFolders, listCode, misplacement } from './mirror.js'

const FOLDERS = ['src', 'activities', 'workflows', 'scripts', 'bench', 'test']

test('every test is at the path of its source', () => {
  const code = listCode(...FOLDERS)
  expect(code).toContain('test/house/tests-mirror-source.test.ts')
  expect(code.map((path) => misplacement(path, code)).filter((message) => message !== null)).toEqual([])
})

test('every test that a document names exists', () => {
  const pages = readdirSync('docs').filter((name) => name.endsWith('.md'))
  const documents = ['README.md', 'CONTRIBUTING.md', ...pages.map((name) => `docs/${name}`)]
  const named = documents.flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, path]) => ({
      document,
      path,
    })),
  )
  expect(named.length).toBeGreaterThan(0)
  const code = new Set(listCode('test'))
  expect(named.filter(({ path = '' }) => !code.has(path))).toEqual([])
})

test('no folder has more than 25 files', () => {
  expect(crowdedFolders(listCode(...FOLDERS), 25)).toEqual([])
})

describe('the place of a test is checked', () => {
  const code = [
    'src/config.ts',
    'src/jobs/assets/assets.ts',
    'src/plan/ops/speed.ts',
    'scripts/setup/main.mjs',
  ]

  test.each([
    'test/config.test.ts',
    'test/jobs/assets/assets.owners.test.ts',
    'test/plan/ops/speed.test.ts',
    'test/render/ops/speed.sound.test.ts',
    'test/scripts/setup/main.test.ts',
    'test/e2e/cancel.test.ts',
    'test/jobs/world.ts',
  ])('%s is in its place', (path) => {
    expect(misplacement(path, code)).toBeNull()
  })

  test.each([
    [
      'test/jobs/assets.test.ts',
      'it belongs to test/jobs/assets/assets.test.ts if it tests src/jobs/assets/assets.ts',
    ],
    [
      'test/render/speed.sound.test.ts',
      'it belongs to test/render/ops/speed.sound.test.ts if it tests src/plan',
    ],
    [
      'test/jobs/room.test.ts',
      'there is no source src/jobs/room.*; it belongs to the place of the file that it tests',
    ],
    ['test/new-room/any.test.ts', 'there is no source src/new-room/any.*'],
  ])('%s is not in its place, and the message says where it belongs', (path, message) => {
    expect(misplacement(path, code)).toContain(message)
  })

  test('a folder with too many files is named', () => {
    expect(crowdedFolders(['a/1.ts', 'a/2.ts', 'a/b/1.ts'], 1)).toEqual([
      'a: 2 files, but at most 1 may stand beside each other',
    ])
  })
})
