import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Starts the platform on free ports and waits for the address of its API. */
export async function startPlatform(root, dataDir) {
  const ports = { PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0', POSTGRES_PORT: '0' }
  const child = spawn(process.execPath, [join(root, 'dist/src/start.js')], {
    env: { ...process.env, ...ports, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: Ctrl-C reaches the demo, which stops the platform.
    detached: true,
  })
  const apiUrl = await readApiUrl(child.stdout)
  if (!apiUrl) throw new Error('The platform did not start.')
  child.stdout.resume()
  return {
    apiUrl,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function readApiUrl(stdout) {
  for await (const line of createInterface({ input: stdout })) {
    const url = /^\s*API\s+(http:\S+)/.exec(line)?.[1]
    if (url) return url
  }
  return null
}
