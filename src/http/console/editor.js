import { ApiError, createEdit } from './api.js'
import { byId, el, elementById, findPart, ofType, openDialog, setText } from './dom.js'
import { formatDuration, formatPicture, joinFacts } from './format.js'

/** @import { Problem, Video } from './answers.d.ts' */

const QUALITIES = ['2160p', '1440p', '1080p', '720p', '480p', '360p', '240p']
const CHOSEN = ['1080p', '720p', '480p']

for (const name of QUALITIES) {
  const box = el('input', { type: 'checkbox', name: 'quality', value: name, checked: CHOSEN.includes(name) })
  byId('editor-qualities').append(el('label', { class: 'check' }, box, ` ${name}`))
}

/**
 * A small editor for common edits; the API has the whole edit model.
 * @param {Video} video
 * @param {() => unknown} onStarted
 */
export function openEditor(video, onStarted) {
  const form = elementById('editor-form', HTMLFormElement)
  form.reset()
  setText(byId('editor-error'), '')
  setText(byId('editor-title'), `Edit ${video.original_filename}`)
  setText(byId('editor-video'), joinFacts(formatPicture(video), formatDuration(video.duration)))
  ofType(form.elements.namedItem('end'), HTMLInputElement).placeholder = String(video.duration)
  form.onsubmit = (event) => {
    event.preventDefault()
    void start(form, video, onStarted)
  }
  openDialog(elementById('editor', HTMLDialogElement))
}

/**
 * @param {HTMLFormElement} form
 * @param {Video} video
 * @param {() => unknown} onStarted
 */
async function start(form, video, onStarted) {
  const button = findPart(form, '[type=submit]', HTMLButtonElement)
  button.disabled = true
  try {
    await createEdit(readEdit(new FormData(form), video))
    elementById('editor', HTMLDialogElement).close()
    onStarted()
  } catch (error) {
    setText(byId('editor-error'), error instanceof ApiError ? explain(error.problem) : String(error))
  } finally {
    button.disabled = false
  }
}

/**
 * @param {FormData} form
 * @param {Video} video
 */
function readEdit(form, video) {
  const qualities = form.getAll('quality')
  return {
    video_id: video.id,
    operations: [...readTrim(form, video), ...readText(form)],
    ...(qualities.length > 0 ? { output: { qualities } } : {}),
  }
}

/**
 * @param {FormData} form
 * @param {Video} video
 */
function readTrim(form, video) {
  const [start, end] = [textIn(form, 'start'), textIn(form, 'end')]
  if (start === '' && end === '') return []
  return [{ type: 'trim', start_time: Number(start), end_time: end === '' ? video.duration : Number(end) }]
}

/** @param {FormData} form */
function readText(form) {
  const content = textIn(form, 'text')
  if (content === '') return []
  const style = { font_size: Number(textIn(form, 'size')), language: textIn(form, 'language') || 'en' }
  return [{ type: 'overlay', overlay_type: 'text', content, position_x: 40, position_y: 40, ...style }]
}

/**
 * @param {FormData} form
 * @param {string} name
 */
function textIn(form, name) {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** @param {Problem} problem */
function explain({ title, detail, errors = [] }) {
  const fields = errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`)
  return fields.length > 0 ? `${title}: ${fields.join('; ')}` : (detail ?? title)
}
