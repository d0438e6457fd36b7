import { showProblem } from './alerts.js'
import { upload } from './api.js'
import { byId, elementById, setText } from './dom.js'
import { formatSize } from './format.js'

/** @param {() => unknown} onDone */
export function setUpUpload(onDone) {
  const drop = byId('drop')
  const input = elementById('file', HTMLInputElement)
  const sendAll = async (/** @type {File[]} */ files) => {
    for (const file of files) await send(file, onDone)
    input.value = ''
  }
  input.addEventListener('change', () => void sendAll([...(input.files ?? [])]))
  drop.addEventListener('submit', (event) => event.preventDefault())
  for (const name of ['dragenter', 'dragover']) {
    drop.addEventListener(name, (event) => {
      event.preventDefault()
      drop.classList.add('over')
    })
  }
  for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'))
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    void sendAll([...(event.dataTransfer?.files ?? [])])
  })
}

/**
 * @param {File} file
 * @param {() => unknown} onDone
 */
async function send(file, onDone) {
  const bar = elementById('upload-progress', HTMLProgressElement)
  const state = byId('upload-state')
  const button = byId('upload-cancel')
  const stop = new AbortController()
  const onProgress = (/** @type {number} */ loaded, /** @type {number} */ total) => {
    bar.value = (100 * loaded) / total
    const sent = loaded < total ? `${formatSize(loaded)} of ${formatSize(total)}` : 'checking…'
    setText(state, `${file.name}: ${sent}`)
  }
  button.onclick = () => stop.abort()
  bar.hidden = button.hidden = false
  onProgress(0, Math.max(1, file.size))
  try {
    await upload(file, { onProgress, signal: stop.signal })
    setText(state, `${file.name} is uploaded`)
  } catch (error) {
    setText(state, '')
    if (!(error instanceof DOMException && error.name === 'AbortError'))
      showProblem(error, `${file.name} was not uploaded`)
  } finally {
    bar.hidden = button.hidden = true
    onDone()
  }
}
