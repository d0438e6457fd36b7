import { ApiError, createEdit } from './api.js'
import { byId, el, openDialog, setText } from './dom.js'
import { formatDuration, formatPicture, joinFacts } from './format.js'

const QUALITIES = ['2160p', '1440p', '1080p', '720p', '480p', '360p', '240p']
const CHOSEN = ['1080p', '720p', '480p']

for (const name of QUALITIES) {
  const box = el('input', { type: 'checkbox', name: 'quality', value: name, checked: CHOSEN.includes(name) })
  byId('editor-qualities').append(el('label', { class: 'check' }, box, ` ${name}`))
}

/** A small editor for common edits; the API has the whole edit model. */
export function openEditor(video, onStarted) {
  const form = byId('editor-form')
  form.reset()
  setText(byId('editor-error'), '')
  setText(byId('editor-title'), `Edit ${video.original_filename}`)
  setText(byId('editor-video'), joinFacts(formatPicture(video), formatDuration(video.duration)))
  form.elements.end.placeholder = String(video.duration)
  form.onsubmit = (event) => {
    event.preventDefault()
    void start(form, video, onStarted)
  }
  openDialog(byId('editor'))
}

async function start(form, video, onStarted) {
  const button = form.querySelector('[type=submit]')
  button.disabled = true
  try {
    await createEdit(readEdit(new FormData(form), video))
    byId('editor').close()
    onStarted()
  } catch (error) {
    setText(byId('editor-error'), error instanceof ApiError ? explain(error.problem) : String(error))
  } finally {
    button.disabled = false
  }
}

function readEdit(form, video) {
  const qualities = form.getAll('quality')
  return {
    video_id: video.id,
    operations: [...readTrim(form, video), ...readText(form)],
    ...(qualities.length > 0 ? { output: { qualities } } : {}),
  }
}

function readTrim(form, video) {
  const [start, end] = [form.get('start'), form.get('end')]
  if (start === '' && end === '') return []
  return [{ type: 'trim', start_time: Number(start), end_time: end === '' ? video.duration : Number(end) }]
}

function readText(form) {
  const content = form.get('text')
  if (content === '') return []
  const style = { font_size: Number(form.get('size')), language: form.get('language') || 'en' }
  return [{ type: 'overlay', overlay_type: 'text', content, position_x: 40, position_y: 40, ...style }]
}

function explain({ title, detail, errors = [] }) {
  const fields = errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`)
  return fields.length > 0 ? `${title}: ${fields.join('; ')}` : (detail ?? title)
}
