import { byId, openDialog, setText } from './dom.js'

const NAME = 'cutroom-key'

/** The key is kept for the session of this tab only. */
export function keyHeaders() {
  const key = sessionStorage.getItem(NAME)
  return key === null ? {} : { Authorization: `Bearer ${key}` }
}

/** Asks the user for a key. Calls `onKey` when the user has entered one. */
export function askForKey(problem, onKey) {
  const dialog = byId('sign-in')
  setText(byId('sign-in-error'), sessionStorage.getItem(NAME) === null ? '' : problem.detail)
  if (dialog.open) return
  const form = byId('sign-in-form')
  form.onsubmit = (event) => {
    event.preventDefault()
    sessionStorage.setItem(NAME, form.elements.key.value.trim())
    form.reset()
    dialog.close()
    onKey()
  }
  openDialog(dialog)
}
