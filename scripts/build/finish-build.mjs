import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  areAllThere,
  hashFiles,
  outputOf,
  saveStamp,
  SOURCE_DIRS,
  sourceFiles,
  sourceHash,
} from '../setup/build-stamp.mjs'

const BUNDLE = join('dist', 'workflow-bundle.js')

/**
 * Does what is left when the compiler is done: removes what is stale, copies what isn't code, bundles the workflows.
 * @param {string} root
 * @returns {Promise<string>} what there is now, in a few words
 */
export async function finishBuild(root) {
  const hash = await sourceHash(root)
  const sources = await sourceFiles(root)
  await removeStale(root, sources)
  await copyStatic(
    root,
    sources.filter((path) => !path.endsWith('.ts')),
  )
  const isBundled = await bundleWorkflows(root)
  await saveStamp(root, hash)
  return `${sources.length} files${isBundled ? ', workflow bundle' : ''}`
}

/**
 * Removes what was compiled from a source that is gone: it would still be imported, or migrated, or served.
 * @param {string} root
 * @param {string[]} sources
 */
async function removeStale(root, sources) {
  const wanted = new Set(sources.map(outputOf))
  for (const dir of SOURCE_DIRS) {
    const entries = await readdir(join(root, 'dist', dir), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((found) => found.isFile())) {
      const path = join(entry.parentPath, entry.name)
      const output = path.slice(join(root, '/').length).replace(/\.js\.map$/, '.js')
      if (!wanted.has(output)) await rm(path)
    }
  }
}

/**
 * @param {string} root
 * @param {string[]} files
 */
async function copyStatic(root, files) {
  for (const file of files) {
    const target = join(root, outputOf(file) ?? file)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(root, file), target)
  }
}

/**
 * Bundles ahead of time: it would cost a worker seconds at its start.
 * @param {string} root
 * @returns {Promise<boolean>} false: the bundle was good already
 */
async function bundleWorkflows(root) {
  const entry = join('dist', 'workflows', 'index.js')
  const inputs = ['package-lock.json', ...(await importsOf(root, entry)).sort()]
  const hash = await hashFiles(root, inputs)
  const saved = await readFile(join(root, `${BUNDLE}.stamp`), 'utf8').catch(() => '')
  if (saved === hash && (await areAllThere(root, [BUNDLE]))) return false
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker')
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, entry),
    logger: new DefaultLogger('WARN'),
  })
  await writeFile(join(root, BUNDLE), code)
  await writeFile(join(root, `${BUNDLE}.stamp`), hash)
  return true
}

/**
 * The file and all files of ours that it imports, at any depth.
 * @param {string} root
 * @param {string} file
 * @param {Set<string>} found
 */
async function importsOf(root, file, found = new Set()) {
  if (found.has(file)) return [...found]
  found.add(file)
  const code = await readFile(join(root, file), 'utf8')
  for (const [, path = ''] of code.matchAll(/\b(?:from|import)\s*(?:\(\s*)?['"](\.[^'"]+)['"]/g)) {
    await importsOf(root, join(dirname(file), path), found)
  }
  return [...found]
}
