import { ESLint } from 'eslint'
import { expect, test } from 'vitest'

const RULES = ['regexp/no-super-linear-backtracking', 'regexp/no-super-linear-move']

test.each([
  'src/edit/limits.ts',
  'src/http/app.ts',
  'activities/plan.ts',
  'workflows/sweep.ts',
  'scripts/ci.mjs',
])(
  'patterns that are slower than their text is long are no code that passes the checks: %s',
  async (path) => {
    const config: unknown = await new ESLint().calculateConfigForFile(path)
    for (const rule of RULES) expect(config).toHaveProperty(['rules', rule, '0'], 2)
  },
)
