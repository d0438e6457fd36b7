import { byId, openDialog, setText } from './dom.js'

export function play(name, url) {
  const dialog = byId('player')
  const video = byId('player-video')
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
