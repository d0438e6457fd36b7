import { showProblem } from './alerts.js'
import { ApiError, checkHealth, listJobs, listVideos } from './api.js'
import { byId, setText } from './dom.js'
import { isRunning, showJobs } from './jobs.js'
import { askForKey } from './sign-in.js'
import { setUpUpload } from './uploader.js'
import { showVideos } from './videos.js'

const BUSY_MS = 1_000
const IDLE_MS = 10_000
const HEALTH_MS = 15_000

/** @import { Video } from './answers.d.ts' */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
let wasRunning = true
let isAnswering = true
/** @type {Video[]} */
let videos = []

/** Loads the jobs, and the videos only when something may have changed them. Repeats sooner while a job runs. */
async function refresh() {
  clearTimeout(timer)
  let running = false
  try {
    const { jobs } = await listJobs()
    running = jobs.some(isRunning)
    if (running || wasRunning || videos.length === 0) videos = (await listVideos()).videos
    const names = new Map(videos.map((video) => [video.id, video.original_filename]))
    showVideos(videos, { refresh: refreshAll })
    showJobs(jobs, names, { refresh: refreshAll })
    isAnswering = true
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) {
      // The answer stays the same until the user enters another key.
      askForKey(error.problem, refreshAll)
      return
    }
    if (isAnswering) showProblem(error, 'The lists could not be loaded')
    isAnswering = false
  }
  wasRunning = running
  clearTimeout(timer)
  timer = setTimeout(refreshVisible, running ? BUSY_MS : IDLE_MS)
}

function refreshAll() {
  wasRunning = true
  return refresh()
}

/** A tab in the background does not poll. */
function refreshVisible() {
  if (!document.hidden) void refresh()
}

async function showHealth() {
  const pill = byId('health')
  try {
    const { status, checks } = await checkHealth()
    // Without a key, only the overall status is reported.
    const failing = Object.entries(checks ?? {}).filter(([, check]) => !check.ok)
    const trouble = failing.map(([name]) => name).join(', ') || 'a part of the service'
    pill.dataset.state = status
    setText(pill, status === 'ok' ? 'Everything works' : `Not working: ${trouble}`)
    pill.title = failing.map(([name, { message }]) => `${name}: ${message}`).join('\n')
  } catch {
    pill.dataset.state = 'degraded'
    setText(pill, 'The server does not answer')
  }
}

document.addEventListener('visibilitychange', refreshVisible)
setUpUpload(refreshAll)
void refreshAll()
void showHealth()
setInterval(() => {
  if (!document.hidden) void showHealth()
}, HEALTH_MS)
