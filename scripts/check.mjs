// npm run check: all that can be said about the code without running it. It looks at what has changed since the last
// time; `npm test` begins with the same checks of everything.
import { runChecks } from './checks/run-checks.mjs'

const { failed } = await runChecks({ isFresh: false })
process.exitCode = failed > 0 ? 1 : 0
