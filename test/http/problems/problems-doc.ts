import { format, resolveConfig } from 'prettier'
import { ERRORS, isErrorCode } from '../../../src/errors.js'
import { EXPLANATIONS } from '../../../src/http/problems/catalogue.js'
import { STATUS } from '../../../src/http/reply/problem.js'

const INTRODUCTION = `# Error codes

Every refused request has a \`code\`, and so has every failed job (\`error_code\`). The \`type\` of a problem,
\`/problems/<code>\`, is a page of the server with the same text. The API's document lists the codes that each route can
answer with. This page is made from \`src/http/problems\`.`

/** The text of docs/problems.md. */
export async function problemsDoc(): Promise<string> {
  const sections = Object.keys(ERRORS)
    .filter(isErrorCode)
    .map((code) => {
      const { cause, example, remedy } = EXPLANATIONS[code]
      const head = `## ${code}\n\n${ERRORS[code].title}. HTTP status ${STATUS[code]}.`
      return `${head}\n\n- **Why:** ${cause}\n- **For instance:** ${example}\n- **What to do:** ${remedy}`
    })
  const text = [INTRODUCTION, ...sections].join('\n\n')
  return format(text, { ...(await resolveConfig('docs/problems.md')), parser: 'markdown' })
}
