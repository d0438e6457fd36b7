// npm run fuzz:api: schemathesis (Python) against a running platform and its /openapi.json. Not part of npm test,
// since it needs Python 3.11 or newer. Arguments are passed on to schemathesis: npm run fuzz:api -- --max-examples 200
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createClient } from './platform/client.mjs'
import { startPlatform } from './platform/start-platform.mjs'

const VERSION = '4.32.5'
const root = resolve(import.meta.dirname, '..')
const venv = join(root, 'node_modules/.cache/schemathesis')

installSchemathesis()
const dataDir = await mkdtemp(join(tmpdir(), 'cutroom-fuzz-'))
// With keys, so that the fuzzer also tries what is forbidden, and without a rate limit, which would slow it down.
const platform = await startPlatform(root, dataDir, { AUTH: 'keys', RATE_LIMIT_PER_MINUTE: '0' })
try {
  const key = createKey()
  const client = createClient(platform.apiUrl, key)
  // Something to find: the fuzzer takes ids from lists, and is given the others.
  const video = await client.upload(join(root, 'test/fixtures/big-buck-bunny-720p-5s.mp4'))
  await client.putAsset('logo.png', join(root, 'test/fixtures/logo.png'))
  const job = await client.submit('/trim', { video_id: video.id, start_time: 0, end_time: 1 })
  await client.follow(job.job_id, () => undefined)
  const config = join(dataDir, 'schemathesis.toml')
  await writeFile(config, configFor(job.job_id))
  process.exitCode = run(join(venv, 'bin/schemathesis'), [
    ...['--config-file', config],
    'run',
    `${platform.apiUrl}/openapi.json`,
    ...['--header', `Authorization: Bearer ${key}`],
    ...['--seed', '1'],
    ...['--max-examples', '30'],
    ...process.argv.slice(2),
  ])
} finally {
  await platform.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/**
 * The configuration with all checks on. The API may refuse what the schema allows where JSON Schema cannot say why (an
 * end before its start, an idempotency key that was used before, bytes that are no video). A multipart field has no
 * type but text, so nothing in a form is invalid for its type.
 * @param {string} jobId
 */
function configFor(jobId) {
  return `
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 404, 409, 422]

[[operations]]
include-name = "POST /api/v1/assets"
checks.negative_data_rejection.enabled = false

[[operations]]
include-path-regex = "/jobs/(status|result|download)/"
parameters = { "path.id" = "${jobId}" }
`
}

function createKey() {
  const args = [join(root, 'dist/src/keys.js'), 'create', '--owner', 'fuzz', '--scopes', 'admin']
  const env = { ...process.env, DATA_DIR: dataDir }
  const { status, stdout } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error('The API key could not be made.')
  return stdout.toString().trim()
}

function installSchemathesis() {
  if (existsSync(join(venv, 'bin/schemathesis'))) return
  if (run('python3', ['-m', 'venv', venv]) !== 0) {
    console.error(
      'This needs Python 3.11 or newer with venv (Debian, Ubuntu: sudo apt-get install python3-venv).',
    )
    process.exit(1)
  }
  const status = run(join(venv, 'bin/pip'), ['install', '--quiet', `schemathesis==${VERSION}`])
  if (status !== 0) process.exit(status)
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, { stdio: 'inherit', cwd: tmpdir() }).status ?? 1
}
