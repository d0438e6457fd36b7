import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

interface Locked {
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
}

async function readJson<Content>(path: string): Promise<Content> {
  return JSON.parse(await readFile(path, 'utf8')) as Content
}

const { packages } = await readJson<{ packages: Record<string, Locked> }>('package-lock.json')
const { allowScripts } = await readJson<{ allowScripts: Record<string, boolean> }>('package.json')

const locked = Object.entries(packages).flatMap(([path, about]) =>
  path === '' ? [] : [{ name: path.split('node_modules/').at(-1) ?? path, ...about }],
)

/** Licences that ask for no more than their own text. */
const FREE = new Set([
  ...[
    'MIT',
    'ISC',
    '0BSD',
    'BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'Unlicense',
  ],
  ...['Zlib', 'Python-2.0', 'CC0-1.0', 'CC-BY-4.0', 'OFL-1.1'],
])

/** Packages that ask for more, and why they may be used. */
const OTHERS: readonly (readonly [name: RegExp, licences: readonly string[], why: string])[] = [
  [
    /^@ffprobe-installer\/|^ffmpeg-static$/,
    ['GPL-3.0', 'GPL-3.0-or-later', 'LGPL-2.1'],
    'programs of their own',
  ],
  [/^@img\/sharp-/, ['LGPL-3.0-or-later'], 'a library that is linked while it runs, and can be exchanged'],
  [/^lightningcss/, ['MPL-2.0'], 'used unchanged, to run the tests'],
]

/** Packages whose package.json names no licence; each has its text beside it: MIT, or the Unlicense (unionfs). */
const UNNAMED = [
  'busboy',
  'streamsearch',
  'decko',
  'stickyfill',
  'parse-cache-control',
  'unionfs',
  'combine-errors',
]

/** Of alternatives, one is enough; of several that hold together, all are needed. */
function isFree(license: string): boolean {
  const text = license.replace(/^\((.*)\)$/, '$1')
  if (text.includes(' OR ')) return text.split(' OR ').some(isFree)
  return text.split(' AND ').every((one) => FREE.has(one))
}

test('every package has a licence that may be used, or is known here with the reason', () => {
  const unknown = locked.filter(({ name, license }) => {
    if (license === undefined) return !UNNAMED.includes(name)
    if (isFree(license)) return false
    const allowed = OTHERS.find(([pattern]) => pattern.test(name))?.[1] ?? []
    return !license.split(' AND ').every((one) => FREE.has(one) || allowed.includes(one))
  })
  expect(unknown.map(({ name, license }) => `${name}: ${license ?? 'none'}`)).toEqual([])
})

test('every package is held to its bytes, and none to a host', () => {
  expect(locked.filter(({ integrity }) => integrity === undefined)).toEqual([])
  expect(locked.filter(({ resolved }) => resolved !== undefined)).toEqual([])
})

test('every package that would run a script when it is installed is decided on', () => {
  const undecided = locked.filter(({ name, hasInstallScript }) => hasInstallScript && !(name in allowScripts))
  expect(undecided.map(({ name }) => name)).toEqual([])
})
