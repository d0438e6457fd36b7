import { ApiError } from './api.js'
import { byId, el } from './dom.js'

/** @import { Problem } from './answers.d.ts' */

/**
 * Shows a problem with every invalid field until the user dismisses it.
 * @param {unknown} error
 * @param {string} doing what did not succeed
 */
export function showProblem(error, doing) {
  const problem = problemOf(error)
  const box = el('div', { class: 'alert' })
  const dismiss = el('button', { type: 'button', class: 'plain', click: () => box.remove() }, 'Dismiss')
  box.append(
    el('p', {}, el('strong', {}, `${doing}: ${problem.title}`)),
    ...details(problem),
    el('div', { class: 'actions' }, dismiss),
  )
  byId('alerts').prepend(box)
  dismiss.focus()
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
function problemOf(error) {
  if (error instanceof ApiError) return error.problem
  return { title: error instanceof Error ? error.message : String(error) }
}

/** @param {Problem} problem */
function details({ title, detail, errors = [], code, request_id: requestId }) {
  const lines = errors.map(({ pointer, message }) =>
    el('li', {}, el('code', {}, pointer || '/'), ` ${message}`),
  )
  return [
    lines.length === 0 && detail && detail !== title ? el('p', {}, detail) : null,
    lines.length > 0 ? el('ul', {}, ...lines) : null,
    code ? el('p', { class: 'quiet' }, `${code} · request ${requestId}`) : null,
  ].filter((part) => part !== null)
}
