import { byId, elementById, openDialog, setText } from './dom.js'

/**
 * @param {string} name
 * @param {string} url
 */
export function play(name, url) {
  const dialog = elementById('player', HTMLDialogElement)
  const video = elementById('player-video', HTMLVideoElement)
  setText(byId('player-title'), name)
  video.src = url
  dialog.onclose = () => {
    video.pause()
    video.removeAttribute('src')
    video.load()
  }
  openDialog(dialog)
  video.play().catch(() => undefined)
}
