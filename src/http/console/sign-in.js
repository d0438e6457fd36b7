import { byId, openDialog, setText } from './dom.js'

const NAME = 'cutroom-key'

/** For the time of this tab: a closed one leaves no key behind. */
export function keyHeaders() {
  const key = sessionStorage.getItem(NAME)
  return key === null ? {} : { Authorization: `Bearer ${key}` }
}

/** Asks for a key where the server wants one. `onKey` is called when there is one to try. */
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
