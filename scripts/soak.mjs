// npm run soak -- --minutes N: mixed jobs with a kill a minute. FAULTS_SEED repeats the draws of an earlier run.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { messageOf } from './setup/errors.mjs'

const USAGE =
  'Usage: npm run soak -- [--minutes N]   (N: minutes of load, above 0 and up to 1440; default 60)'
const MAX_MINUTES = 1440

try {
  const minutes = readMinutes()
  const args = ['--no-install', 'vitest', 'run', 'test/faults/soak.test.ts', '--project', 'faults']
  const { status } = spawnSync('npx', [...args, '--disable-console-intercept'], {
    stdio: 'inherit',
    env: { ...process.env, SOAK_MINUTES: String(minutes) },
  })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(`${messageOf(error)}\n${USAGE}`)
  process.exitCode = 2
}

function readMinutes() {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
  const minutes = Number(values.minutes)
  if (minutes > 0 && minutes <= MAX_MINUTES) return minutes
  throw new Error(`--minutes ${values.minutes} is not a number of minutes above 0 and up to ${MAX_MINUTES}`)
}
