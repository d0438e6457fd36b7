// Compiles the sources, bundles the workflows ahead of time (it would cost a worker seconds at its start), and copies
// what isn't code. Does only what has become necessary since the last build.
import { access, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashFiles, outputOf, saveStamp, SOURCE_DIRS, sourceFiles, sourceHash } from './setup/build-stamp.mjs'
import { messageOf } from './setup/errors.mjs'
import { run } from './setup/run.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUNDLE = join(ROOT, 'dist', 'workflow-bundle.js')
const BUNDLE_STAMP = `${BUNDLE}.stamp`

async function main() {
  const hash = await sourceHash(ROOT)
  const sources = await sourceFiles(ROOT)
  await compile(sources)
  await removeStale(sources)
  await copyStatic(sources.filter((path) => !path.endsWith('.ts')))
  const isBundled = await bundleWorkflows()
  await saveStamp(ROOT, hash)
  console.log(`${sources.length} files${isBundled ? ', workflow bundle' : ''}`)
}

/** @param {string[]} sources */
async function compile(sources) {
  // The compiler trusts its record of what it has written, so the record is removed when an output is missing.
  const outputs = sources.filter((path) => path.endsWith('.ts')).map(outputOf)
  if (await isAnyMissing(outputs.filter((path) => path !== null))) {
    await rm(join(ROOT, 'dist', 'build.tsbuildinfo'), { force: true })
  }
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const { code, output } = await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: ROOT })
  if (code !== 0) throw new Error(output.trim())
}

/**
 * Removes what was compiled from a source that is gone: it would still be imported, or migrated, or served.
 * @param {string[]} sources
 */
async function removeStale(sources) {
  const wanted = new Set(sources.map(outputOf))
  for (const dir of SOURCE_DIRS) {
    const entries = await readdir(join(ROOT, 'dist', dir), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((found) => found.isFile())) {
      const path = join(entry.parentPath, entry.name)
      const output = path.slice(ROOT.length).replace(/\.js\.map$/, '.js')
      if (!wanted.has(output)) await rm(path)
    }
  }
}

/** @param {string[]} files */
async function copyStatic(files) {
  for (const file of files) {
    const target = join(ROOT, outputOf(file) ?? file)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(ROOT, file), target)
  }
}

/** @returns {Promise<boolean>} false: the bundle was good already */
async function bundleWorkflows() {
  const entry = join('dist', 'workflows', 'index.js')
  const inputs = ['package-lock.json', ...(await importsOf(entry)).sort()]
  const hash = await hashFiles(ROOT, inputs)
  const saved = await readFile(BUNDLE_STAMP, 'utf8').catch(() => '')
  if (saved === hash && !(await isAnyMissing([join('dist', 'workflow-bundle.js')]))) return false
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker')
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(ROOT, entry),
    logger: new DefaultLogger('WARN'),
  })
  await writeFile(BUNDLE, code)
  await writeFile(BUNDLE_STAMP, hash)
  return true
}

/**
 * The file and all files of ours that it imports, at any depth.
 * @param {string} file
 * @param {Set<string>} found
 */
async function importsOf(file, found = new Set()) {
  if (found.has(file)) return [...found]
  found.add(file)
  const code = await readFile(join(ROOT, file), 'utf8')
  for (const [, path = ''] of code.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) {
    await importsOf(join(dirname(file), path), found)
  }
  return [...found]
}

/** @param {string[]} paths */
async function isAnyMissing(paths) {
  const checks = paths.map((path) => access(join(ROOT, path)))
  return Promise.all(checks).then(
    () => false,
    () => true,
  )
}

try {
  await main()
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
