import { join } from 'node:path'

const STOP_GRACE_MS = 15_000

/**
 * Starts the platform on free ports and waits for the address of its API. The platform ends when this process does.
 * @param {string} root
 * @param {string} dataDir
 * @param {Record<string, string>} [env] settings on top of our own environment
 */
export async function startPlatform(root, dataDir, env = {}) {
  // Loaded late: set-up builds it first.
  const { spawnServer } = await import('#built/src/platform/child-process.js')
  const ports = { PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', POSTGRES_PORT: '0' }
  /** @type {string[]} */
  const lines = []
  /** @type {(url: string) => void} */
  let onApiUrl
  /** @type {Promise<string>} */
  const apiUrl = new Promise((resolve) => {
    onApiUrl = resolve
  })
  const server = await spawnServer({
    command: process.execPath,
    args: [join(root, 'dist/src/start.js')],
    env: { ...ports, DATA_DIR: dataDir, ...env },
    deathSignal: 'SIGTERM',
    onLine: (line) => {
      lines.push(line)
      const url = /^\s*API\s+(http:\S+)/.exec(line)?.[1]
      if (url) onApiUrl(url)
    },
  })
  const url = await Promise.race([apiUrl, server.exited.then(() => null)])
  if (!url) throw new Error(`The platform did not start:\n${lines.join('\n')}`)
  return {
    apiUrl: url,
    pid: server.pid,
    stop: () => server.stop({ signal: 'SIGTERM', graceMs: STOP_GRACE_MS }),
  }
}
