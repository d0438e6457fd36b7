import { showProblem } from './alerts.js'
import { deleteVideo } from './api.js'
import { byId, el, findPart, setText, syncList } from './dom.js'
import { openEditor } from './editor.js'
import { formatDuration, formatPicture, formatSize, joinFacts } from './format.js'
import { play } from './player.js'

/**
 * @import { Video } from './answers.d.ts'
 * @import { Attribute } from './dom.js'
 * @typedef {() => unknown} Refresh loads the lists again
 */

/**
 * @param {readonly Video[]} videos
 * @param {{ refresh: Refresh }} actions
 */
export function showVideos(videos, { refresh }) {
  byId('videos-empty').hidden = videos.length > 0
  syncList(byId('videos'), videos, {
    // A signed link changes before it expires. Its card is then made again.
    key: (video) => `${video.id} ${video.download_url}`,
    create: (video) => createCard(video, refresh),
    update: updateCard,
  })
}

/**
 * @param {Video} video
 * @param {Refresh} refresh
 */
function createCard(video, refresh) {
  const name = video.original_filename
  /** @type {(text: string, label: string, click: () => unknown, extra?: Record<string, Attribute>) => HTMLElement} */
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

/**
 * @param {HTMLElement} card
 * @param {Video} video
 */
function updateCard(card, video) {
  card.dataset.state = video.status
  const state = video.status === 'ready' ? null : video.status
  const facts = [formatPicture(video), formatDuration(video.duration), formatSize(video.file_size)]
  setText(findPart(card, '.facts', HTMLElement), joinFacts(state, ...facts, video.video_codec))
  findPart(card, '[data-edit]', HTMLButtonElement).disabled = video.status !== 'ready'
  const poster = findPart(card, '.poster', HTMLElement)
  if (video.poster_url !== null && poster.children.length === 0) {
    const image = el('img', { src: video.poster_url, alt: '', loading: 'lazy' })
    image.addEventListener('error', () => image.remove())
    poster.append(image)
  }
}

/**
 * @param {Video} video
 * @param {Refresh} refresh
 */
async function remove(video, refresh) {
  if (!confirm(`Delete ${video.original_filename} with its jobs and outputs?`)) return
  await deleteVideo(video.id).catch((/** @type {unknown} */ error) =>
    showProblem(error, 'The video was not deleted'),
  )
  refresh()
}
