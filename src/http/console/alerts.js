import { byId, el } from './dom.js'

/** Shows a problem with every invalid field until the user dismisses it. */
export function showProblem(error, doing) {
  const problem = error.problem ?? { title: String(error.message ?? error) }
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
