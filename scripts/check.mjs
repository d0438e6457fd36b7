// npm run check: all that can be said about the code without running it. `npm test` begins with the same.
import { runChecks } from './checks/run-checks.mjs'

const { failed } = await runChecks()
process.exitCode = failed > 0 ? 1 : 0
