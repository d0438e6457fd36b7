import { getPriority } from 'node:os'
import { expect, test } from 'vitest'
import { insist } from '../../../src/media/process/lower-priority.js'
import { runMediaProcess } from '../../../src/media/process/spawn-media.js'
import { whileYielding } from '../../../src/media/process/yielding.js'

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

// Not every kernel groups processes; where it does, a new group has the niceness 0.
const GROUP = 'cat /proc/self/autogroup 2>/dev/null || echo "no group, nice 5"'
/** Its priority is lowered once it runs, which takes a moment. */
const UNTIL_LOWERED = `until [ "$(nice)" = 10 ] && { ${GROUP}; } | grep -q "nice 5"; do :; done; nice`

test.runIf(process.platform === 'linux')(
  'a process that yields has a lower priority, and so has its group',
  async () => {
    expect(await ask(UNTIL_LOWERED, true)).toBe('10')
  },
)

test.runIf(process.platform === 'linux')('all processes of work that yields do so', async () => {
  const both = () => Promise.all([ask(UNTIL_LOWERED), ask(UNTIL_LOWERED)])
  expect(await whileYielding(both)).toEqual(['10', '10'])
})

test.runIf(process.platform === 'linux')(
  'a process that does not yield has the priority of the worker',
  async () => {
    expect(await ask('nice')).toBe(String(getPriority()))
  },
)

test.each(['EAGAIN', 'EACCES', 'EMFILE', 'ENFILE'])(
  'a change that is refused with %s for a moment is tried again',
  async (code) => {
    const outcomes = [Object.assign(new Error('not now'), { code }), null]
    await insist(() => {
      const outcome = outcomes.shift()
      return outcome ? Promise.reject(outcome) : Promise.resolve()
    })
    expect(outcomes).toEqual([])
  },
)

test('a change that is refused for good is tried once', async () => {
  let tries = 0
  await insist(() => {
    tries += 1
    return Promise.reject(Object.assign(new Error('no such feature'), { code: 'ENOENT' }))
  })
  expect(tries).toBe(1)
})
