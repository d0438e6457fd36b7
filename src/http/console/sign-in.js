import { byId, elementById, ofType, openDialog, setText } from './dom.js'

/** @import { Problem } from './answers.d.ts' */

const NAME = 'cutroom-key'

/**
 * The key is kept for the session of this tab only.
 * @returns {Record<string, string>}
 */
export function keyHeaders() {
  const key = sessionStorage.getItem(NAME)
  return key === null ? {} : { Authorization: `Bearer ${key}` }
}

/**
 * Asks the user for a key. Calls `onKey` when the user has entered one.
 * @param {Problem} problem
 * @param {() => unknown} onKey
 */
export function askForKey(problem, onKey) {
  const dialog = elementById('sign-in', HTMLDialogElement)
  setText(byId('sign-in-error'), sessionStorage.getItem(NAME) === null ? '' : (problem.detail ?? ''))
  if (dialog.open) return
  const form = elementById('sign-in-form', HTMLFormElement)
  form.onsubmit = (event) => {
    event.preventDefault()
    sessionStorage.setItem(NAME, ofType(form.elements.namedItem('key'), HTMLInputElement).value.trim())
    form.reset()
    dialog.close()
    onKey()
  }
  openDialog(dialog)
}
