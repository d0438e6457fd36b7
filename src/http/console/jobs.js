import { showProblem } from './alerts.js'
import { cancelJob } from './api.js'
import { byId, el, findPart, setText, syncList } from './dom.js'
import { formatDuration, formatPicture, formatSize, formatTime, joinFacts } from './format.js'
import { play } from './player.js'

/**
 * @import { Job, Output } from './answers.d.ts'
 * @typedef {() => unknown} Refresh loads the lists again
 */

/** @param {Job} job */
export function isRunning({ status }) {
  return status === 'pending' || status === 'processing'
}

/**
 * @param {readonly Job[]} jobs
 * @param {ReadonlyMap<string, string>} videoNames by id
 * @param {{ refresh: Refresh }} actions
 */
export function showJobs(jobs, videoNames, { refresh }) {
  byId('jobs-empty').hidden = jobs.length > 0
  syncList(byId('jobs'), jobs, {
    key: (job) => job.job_id,
    create: (job) => createCard(job, refresh),
    update: (card, job) => updateCard(card, job, videoNames.get(job.video_id) ?? 'a video'),
  })
}

/**
 * @param {Job} job
 * @param {Refresh} refresh
 */
function createCard(job, refresh) {
  const temporal = job.temporal_ui_url === null ? null : el('a', { href: job.temporal_ui_url }, 'Workflow')
  return el(
    'li',
    { class: 'card job' },
    el(
      'div',
      { class: 'head' },
      el('h3', {}, el('span', { class: 'name' }), el('span', { class: 'quiet video-name' })),
      el('span', { class: 'state' }),
    ),
    el('progress', { max: 100, value: 0, 'aria-label': `Progress of the ${job.type} job` }),
    el('p', { class: 'quiet facts' }),
    el('p', { class: 'error', hidden: true }),
    el('ul', { class: 'warnings' }),
    el('ul', { class: 'renditions' }),
    el('ul', { class: 'outputs' }),
    el(
      'div',
      { class: 'actions' },
      el(
        'button',
        { type: 'button', class: 'plain danger', 'data-cancel': true, click: () => cancel(job, refresh) },
        'Cancel',
      ),
      temporal,
    ),
  )
}

/**
 * @param {HTMLElement} card
 * @param {Job} job
 * @param {string} videoName
 */
function updateCard(card, job, videoName) {
  const find = (/** @type {string} */ selector) => findPart(card, selector, HTMLElement)
  const bar = findPart(card, ':scope > progress', HTMLProgressElement)
  card.dataset.state = job.status
  setText(find('.name'), job.type)
  setText(find('.video-name'), videoName)
  setText(find('.state'), isRunning(job) && job.status !== 'pending' ? `${job.progress} %` : job.status)
  bar.value = job.progress
  bar.hidden = !isRunning(job)
  setText(find('.facts'), facts(job))
  const error = find('.error')
  error.hidden = job.error_code === null
  setText(error, joinFacts(job.error_message, job.error_code))
  find('[data-cancel]').hidden = !isRunning(job)
  showLines(
    find('.warnings'),
    job.warnings.map(({ message }) => message),
  )
  showRenditions(find('.renditions'), job)
  showOutputs(find('.outputs'), job.outputs)
}

/** @param {Job} job */
function facts(job) {
  if (!isRunning(job)) {
    return joinFacts(formatTime(job.created_at), tookOf(job))
  }
  return joinFacts(
    job.stage,
    job.speed === null ? null : `${job.speed}× speed`,
    job.eta_seconds === null ? null : `${formatDuration(job.eta_seconds)} left`,
  )
}

/** @param {Job} job */
function tookOf({ started_at: start, finished_at: end }) {
  if (start === null || end === null) return null
  return `took ${formatDuration((Date.parse(end) - Date.parse(start)) / 1000)}`
}

/**
 * @param {Element} list
 * @param {readonly string[]} lines
 */
function showLines(list, lines) {
  syncList(list, lines, {
    key: (line) => line,
    create: (line) => el('li', {}, line),
    update: () => undefined,
  })
}

/**
 * @param {Element} list
 * @param {Job} job
 */
function showRenditions(list, job) {
  const shown = isRunning(job) && job.renditions.length > 1 ? job.renditions : []
  syncList(list, shown, {
    key: ({ name }) => name,
    create: ({ name }) =>
      el('li', {}, el('span', {}, name), el('progress', { max: 100, value: 0, 'aria-label': name })),
    update: (line, { progress }) => {
      findPart(line, 'progress', HTMLProgressElement).value = progress
    },
  })
}

/**
 * @param {Element} list
 * @param {readonly Output[]} outputs
 */
function showOutputs(list, outputs) {
  // A signed link changes before it expires. Its line is then made again.
  syncList(list, outputs, { key: (output) => output.file_url, create: createOutput, update: () => undefined })
}

/** @param {Output} output */
function createOutput(output) {
  const { name, file_url: fileUrl, download_url: downloadUrl } = output
  const size = [formatPicture(output), formatDuration(output.duration), formatSize(output.file_size)]
  return el(
    'li',
    {},
    el('span', { class: 'output-name' }, name),
    el('span', { class: 'quiet' }, joinFacts(...size)),
    el('button', { type: 'button', 'aria-label': `Play ${name}`, click: () => play(name, fileUrl) }, 'Play'),
    el('a', { href: downloadUrl, download: true, 'aria-label': `Download ${name}` }, 'Download'),
  )
}

/**
 * @param {Job} job
 * @param {Refresh} refresh
 */
async function cancel(job, refresh) {
  await cancelJob(job.job_id).catch((/** @type {unknown} */ error) =>
    showProblem(error, 'The job was not cancelled'),
  )
  refresh()
}
