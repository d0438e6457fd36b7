import { type ErrorCode, ERRORS } from '../../errors.js'
import { STATUS } from '../reply/problem.js'
import type { PageReply } from '../reply/reply.js'
import { PROBLEM_PAGE_POLICY } from '../reply/security-headers.js'
import { EXPLANATIONS } from './catalogue.js'

/** What is known of a code, for programs. */
export function describeCode(code: ErrorCode): object {
  return { code, title: ERRORS[code].title, status: STATUS[code], ...EXPLANATIONS[code] }
}

/** The same for people. All of its text is of this catalogue, none of the request. */
export function problemPage(code: ErrorCode): PageReply {
  const { title } = ERRORS[code]
  const { cause, example, remedy } = EXPLANATIONS[code]
  const content = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${toHtml(title)} · Cutroom</title>
    <link rel="icon" href="/console/icon.svg" />
    <link rel="stylesheet" href="/console/problem.css" />
  </head>
  <body>
    <main>
      <h1>${toHtml(title)}</h1>
      <p><code>${code}</code>, HTTP status ${STATUS[code]}</p>
      <h2>Why</h2>
      <p>${toHtml(cause)}</p>
      <h2>For instance</h2>
      <p>${toHtml(example)}</p>
      <h2>What to do</h2>
      <p>${toHtml(remedy)}</p>
      <p><a href="/docs">The API</a></p>
    </main>
  </body>
</html>
`
  return {
    kind: 'page',
    contentType: 'text/html; charset=utf-8',
    content: { text: content },
    contentSecurityPolicy: PROBLEM_PAGE_POLICY,
    vary: 'Accept',
  }
}

/** Text with code between backticks. */
function toHtml(markdown: string): string {
  const escaped = markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped.replaceAll(/`([^`]*)`/g, '<code>$1</code>')
}
