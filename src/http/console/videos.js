import { showProblem } from './alerts.js'
import { deleteVideo } from './api.js'
import { byId, el, setText, syncList } from './dom.js'
import { openEditor } from './editor.js'
import { formatDuration, formatPicture, formatSize, joinFacts } from './format.js'
import { play } from './player.js'

export function showVideos(videos, { refresh }) {
  byId('videos-empty').hidden = videos.length > 0
  syncList(byId('videos'), videos, {
    // A signed link changes before it expires. Its card is then made again.
    key: (video) => `${video.id} ${video.download_url}`,
    create: (video) => createCard(video, refresh),
    update: updateCard,
  })
}

function createCard(video, refresh) {
  const name = video.original_filename
  const button = (text, label, click, extra = {}) =>
    el('button', { type: 'button', 'aria-label': `${label} ${name}`, click, ...extra }, text)
  return el(
    'li',
    { class: 'card video' },
    el('div', { class: 'poster' }),
    el(
      'div',
      { class: 'body' },
      el('h3', { title: name }, name),
      el('p', { class: 'quiet facts' }),
      el(
        'div',
        { class: 'actions' },
        button('Edit', 'Edit', () => openEditor(video, refresh), { 'data-edit': true }),
        button('Play', 'Play', () => play(name, video.download_url), { class: 'plain' }),
        el('a', { href: video.download_url, download: true, 'aria-label': `Download ${name}` }, 'Download'),
        button('Delete', 'Delete', () => remove(video, refresh), { class: 'plain danger' }),
      ),
    ),
  )
}

function updateCard(card, video) {
  card.dataset.state = video.status
  const state = video.status === 'ready' ? null : video.status
  const facts = [formatPicture(video), formatDuration(video.duration), formatSize(video.file_size)]
  setText(card.querySelector('.facts'), joinFacts(state, ...facts, video.video_codec))
  card.querySelector('[data-edit]').disabled = video.status !== 'ready'
  const poster = card.querySelector('.poster')
  if (video.poster_url !== null && poster.children.length === 0) {
    const image = el('img', { src: video.poster_url, alt: '', loading: 'lazy' })
    image.addEventListener('error', () => image.remove())
    poster.append(image)
  }
}

async function remove(video, refresh) {
  if (!confirm(`Delete ${video.original_filename} with its jobs and outputs?`)) return
  await deleteVideo(video.id).catch((error) => showProblem(error, 'The video was not deleted'))
  refresh()
}
