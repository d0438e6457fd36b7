// npm run test:faults: the long form of the fault tests. FAULTS_SEED repeats what an earlier run has drawn.
import { spawnSync } from 'node:child_process'

const args = ['--no-install', 'vitest', 'run', '--project', 'faults', '--disable-console-intercept']
const { status } = spawnSync('npx', [...args, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_FORM: 'long' },
})
process.exitCode = status ?? 1
