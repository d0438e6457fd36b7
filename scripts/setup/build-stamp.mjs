import { createHash } from 'node:crypto'
import { access, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const SOURCE_DIRS = ['src', 'workflows', 'activities']
const OTHER_INPUTS = [
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/build/finish-build.mjs',
]

/** @param {string} root */
function stampFile(root) {
  return join(root, 'dist', 'build.stamp')
}

/**
 * Whether dist/ is what the sources say.
 * @param {string} root
 */
export async function isBuilt(root) {
  const saved = await readFile(stampFile(root), 'utf8').catch(() => null)
  return saved !== null && saved === (await sourceHash(root)) && (await hasOutputs(root))
}

/**
 * A hash of names and contents: a checkout changes times without changing files.
 * @param {string} root
 */
export async function sourceHash(root) {
  const files = [...OTHER_INPUTS, ...(await sourceFiles(root))]
  return hashFiles(root, files)
}

/**
 * @param {string} root
 * @param {string[]} files relative to the root
 */
export async function hashFiles(root, files) {
  const hash = createHash('sha256')
  const entries = await Promise.all(
    files.map(async (file) => ({ file, contents: await readFile(join(root, file)) })),
  )
  for (const { file, contents } of entries) hash.update(`${file}\0`).update(contents).update('\0')
  return hash.digest('hex')
}

/**
 * Everything below SOURCE_DIRS, relative to the root.
 * @param {string} root
 */
export async function sourceFiles(root) {
  const lists = await Promise.all(
    SOURCE_DIRS.map(async (dir) => {
      const entries = await readdir(join(root, dir), { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    }),
  )
  return lists
    .flat()
    .map((path) => path.slice(join(root, '/').length))
    .sort()
}

/**
 * Where the compiler, or the copy of what isn't code, puts a source. null: nowhere.
 * @param {string} source
 */
export function outputOf(source) {
  if (source.endsWith('.d.ts')) return null
  return join('dist', source.endsWith('.ts') ? source.replace(/\.ts$/, '.js') : source)
}

/**
 * @param {string} root
 * @param {string} hash
 */
export async function saveStamp(root, hash) {
  await writeFile(stampFile(root), hash)
}

/** @param {string} root */
async function hasOutputs(root) {
  const outputs = (await sourceFiles(root)).flatMap((source) => outputOf(source) ?? [])
  return areAllThere(root, [...outputs, join('dist', 'workflow-bundle.js')])
}

/**
 * @param {string} root
 * @param {string[]} files relative to the root
 */
export async function areAllThere(root, files) {
  return Promise.all(files.map((file) => access(join(root, file)))).then(
    () => true,
    () => false,
  )
}
