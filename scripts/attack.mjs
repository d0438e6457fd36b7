// npm run attack -- [--minutes N] [--seed S]: one owner sends the most costly and strangest requests and files that the
// API takes, while another owner is watched.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { messageOf } from './setup/errors.mjs'

const USAGE = `Usage: npm run attack -- [--minutes N] [--seed S]
  N: minutes, above 0 and up to 1440; default 60
  S: a whole number, which repeats the draws of an earlier run; default: the date`

try {
  const { minutes, seed } = readOptions()
  console.log(`attack: seed ${seed}`)
  const args = ['--no-install', 'vitest', 'run', 'test/attack/attack.test.ts', '--project', 'attack']
  const { status } = spawnSync('npx', [...args, '--disable-console-intercept'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ATTACK_REPORT: '1',
      ATTACK_MINUTES: String(minutes),
      ATTACK_SEED: String(seed),
    },
  })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(`${messageOf(error)}\n${USAGE}`)
  process.exitCode = 2
}

function readOptions() {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } },
  })
  const minutes = Number(values.minutes)
  if (!(minutes > 0 && minutes <= 1440))
    throw new Error(`--minutes ${values.minutes} is not above 0 and up to 1440`)
  const seed = Number(values.seed ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''))
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed} is not a whole number`)
  return { minutes, seed }
}
