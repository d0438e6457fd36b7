import { describe, expect, test } from 'vitest'
import { CONTAINERS } from '../../../src/edit/output/formats.js'
import { assemblyArgv } from '../../../src/plan/argv/assembly-argv.js'
import { compileAssembly } from '../../../src/plan/chunks/assembly.js'
import { LIMIT_ARGS } from '../../../src/plan/inputs/source-limits.js'
import { trialMeterArgv } from '../../../src/plan/loudness/loudness-argv.js'
import type { Assembly } from '../../../src/plan/model/plan.js'

const MOV = 'mov,mp4,m4a,3gp,3g2,mj2'

const JOINED = compileAssembly({
  name: '720p',
  key: 'processed/1/720p.mp4',
  container: 'mp4',
  codec: 'h264',
  parts: [
    { key: 'parts/1/a.mp4', startSec: 0 },
    { key: 'parts/1/b.mp4', startSec: 2 },
  ],
  sound: 'parts/1/sound.mp4',
  expected: { picture: null, durationSec: 4, hasAudio: true },
})

/** The same with pieces that are copied from a source in another format, and with its sound. */
const SPLICED: Assembly = {
  ...JOINED,
  inputs: [...JOINED.inputs, { key: 'uploads/1.mkv', format: 'matroska,webm', seekSec: 0 }],
  hasSound: false,
  copies: {
    ...{ input: 3, encodedParts: 2, pictures: [], head: null },
    sound: { stream: 1, sampleRate: 48_000, seekSec: 0, startSec: 0, endSec: 4 },
    pace: { ticks: 12_800, ticksPerFrame: 512, aheadFrames: 0 },
  },
}

/** The arguments before each input. */
function openings(argv: readonly string[]): string[] {
  return argv
    .join(' ')
    .split(/ -i \S+/)
    .slice(0, -1)
}

function isHeld(opening: string | undefined, formats: string, demuxer: string): void {
  const list = `-protocol_whitelist file -format_whitelist ${formats} ${LIMIT_ARGS.join(' ')} -f ${demuxer}`
  expect(opening).toContain(list)
}

describe('files that Cutroom has made are opened within the same limits as those of users', () => {
  test.each([
    ['when parts and their sound are joined', JOINED],
    ['when parts, copies and copied sound are joined', SPLICED],
  ])('%s', (_, assembly) => {
    const [list, sound, ...others] = openings(assemblyArgv(assembly, 'output.mp4'))
    isHeld(list, `concat,${MOV}`, 'concat')
    isHeld(sound, MOV, 'mov')
    expect(others).toEqual([])
  })

  test.each(CONTAINERS)('when encoded sound is metered, in %s', (container) => {
    const [coded, ...others] = openings(trialMeterArgv('coded', container))
    expect(coded).toMatch(/-protocol_whitelist file -format_whitelist (\S+) .* -f \w+$/)
    expect(coded?.split(' ').at(3)?.split(',')).toContain(coded?.split(' ').at(-1))
    expect(others).toEqual([])
  })
})
