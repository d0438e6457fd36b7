import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { runMediaProcess } from '../../src/media/spawn-media.js'

async function ask(script: string, yields?: true): Promise<string> {
  let text = ''
  await runMediaProcess({
    command: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    ...(yields ? { yields } : {}),
    signal: AbortSignal.timeout(20_000),
    onStdout: (chunk) => {
      text += chunk.toString()
    },
  })
  return text.trim()
}

// Not every kernel groups processes; where it does, a group is worth nothing less than 0 until it is told.
const GROUP = 'cat /proc/self/autogroup 2>/dev/null || echo "no group, nice 5"'
/** Its priority is lowered once it runs, which takes a moment. */
const UNTIL_LOWERED = `until [ "$(nice)" = 10 ] && { ${GROUP}; } | grep -q "nice 5"; do :; done; nice`

test.runIf(process.platform === 'linux')(
  'what yields has a lower priority, and so has its group',
  async () => {
    expect(await ask(UNTIL_LOWERED, true)).toBe('10')
  },
)

test.runIf(process.platform === 'linux')('what does not yield has that of the worker', async () => {
  expect(await ask('nice')).toBe(String(getPriority()))
})
