// npm run test:faults: the long form of the fault tests. FAULTS_SEED repeats what an earlier run has drawn.
import { spawnSync } from 'node:child_process'

// What names files comes first: behind an option without a value it would be taken for its value.
const args = ['--no-install', 'vitest', 'run', ...process.argv.slice(2)]
const { status } = spawnSync('npx', [...args, '--project', 'faults', '--disable-console-intercept'], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_FORM: 'long' },
})
process.exitCode = status ?? 1
