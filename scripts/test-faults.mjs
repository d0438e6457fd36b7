// npm run test:faults: the long form of the fault tests. FAULTS_SEED repeats the draws of an earlier run.
import { spawnSync } from 'node:child_process'

// Names of files come first: after an option without a value, vitest would take one for its value.
const args = ['--no-install', 'vitest', 'run', ...process.argv.slice(2)]
const { status } = spawnSync('npx', [...args, '--project', 'faults', '--disable-console-intercept'], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_FORM: 'long' },
})
process.exitCode = status ?? 1
