import { readdirSync } from 'node:fs'
import { posix } from 'node:path'

/**
 * The folder of sources that a folder of tests mirrors, where that is not the room of the same name in src/. Pictures and
 * sounds of compiled edits are tested in test/render; helpers of tests are tested beside themselves.
 */
const MIRRORED: Readonly<Record<string, string>> = {
  'test/activities': 'activities',
  'test/bench': 'bench',
  'test/render': 'src/plan',
  'test/scripts': 'scripts',
  'test/support': 'test/support',
  'test/workflows': 'workflows',
}

/** Folders whose tests are of the whole program, or of the repository. */
const STORIES: ReadonlySet<string> = new Set([
  'attack',
  'corpus',
  'docs',
  'e2e',
  'faults',
  'field',
  'hostile',
  'house',
])

const CODE = /\.(ts|mjs|js)$/
const TEST = /\.test\.ts$/

/** Paths of all code below folders, from the root of the repository. */
export function listCode(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => CODE.test(path))
      .map((path) => posix.join(folder, path)),
  )
}

/**
 * What is wrong with the place of a test: it stands where its source stands, under the name of the source and
 * perhaps a topic (`compile.findings.test.ts`).
 * @param code paths of all code
 * @returns a message that says where the test belongs; null: it is in its place, or its folder mirrors no source.
 */
export function misplacement(test: string, code: readonly string[]): string | null {
  const [, room = ''] = test.split('/')
  if (!TEST.test(test) || STORIES.has(room)) return null
  const mirror = Object.keys(MIRRORED).find((folder) => test.startsWith(`${folder}/`)) ?? 'test'
  const sources = MIRRORED[mirror] ?? 'src'
  const [name = ''] = posix.basename(test).split('.')
  const stem = posix.join(sources, posix.relative(mirror, posix.dirname(test)), name)
  const isSource = (path: string) => path.replace(CODE, '') === stem
  if (code.some(isSource)) return null
  const others = code.filter((path) => path.startsWith(`${sources}/`) && posix.parse(path).name === name)
  const places = others.map((path) => {
    const folder = posix.join(mirror, posix.relative(sources, posix.dirname(path)))
    return `${posix.join(folder, posix.basename(test))} if it tests ${path}`
  })
  const belongs =
    places.join(', or to ') ||
    'the place of the file that it tests, as <source>.test.ts or <source>.<topic>.test.ts'
  return `${test}: there is no source ${stem}.*; it belongs to ${belongs}`
}

/** Folders with more than `most` files of code. */
export function crowdedFolders(code: readonly string[], most: number): string[] {
  const counts = new Map<string, number>()
  for (const path of code) {
    const folder = posix.dirname(path)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => `${folder}: ${count} files, but at most ${most} may stand beside each other`)
}
