import { describe, expect, test, vi } from 'vitest'
import type { Edit } from '../../../src/edit/operation.js'
import type { LoudnessOperation } from '../../../src/edit/operations/loudness.js'
import { fingerprintPass } from '../../../src/jobs/edits/fingerprint.js'
import { fingerprintOutputs } from '../../../src/jobs/edits/reuse-outputs.js'
import { compileEdit } from '../../../src/plan/compile.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { edited, ladder, mediaFacts, TRIM, videoFacts, WORLD } from '../../support/plan-facts.js'

const GROUPS = {
  starts: [0, 50, 100, 150, 200],
  reorderFrames: 2,
  longestFrames: 50,
  parameters: { level: 31, takenIds: [0] },
}
const HASHES = new Map([['uploads/video.mp4', 'a'.repeat(64)]])

/** The plan that a job with that id has when its fingerprints are made. */
function planOf(edit: Edit, jobId = 'first'): Plan {
  const facts = mediaFacts({ video: videoFacts({ groups: GROUPS }) })
  const sources = {
    video: { key: 'uploads/video.mp4', facts },
    assets: new Map(Object.entries(WORLD.assets ?? {})),
    videos: new Map(),
  }
  const spreading = { kind: 'copies', partPrefix: `parts/${jobId}/` } as const
  const compilation = compileEdit(edit, sources, { outputPrefix: `processed/${jobId}/`, spreading })
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}

const printsOf = (edit: Edit, jobId?: string) => [...fingerprintOutputs(planOf(edit, jobId), HASHES).values()]

const WEBP: Edit = { operations: [], output: { container: 'webp' } }
const MIXED: Edit = {
  operations: [],
  output: {
    renditions: [
      { name: 'a', video_codec: 'h265' },
      { name: 'b', height: 360, audio_codec: 'opus' },
    ],
  },
}
const COPIED = edited({ ...TRIM, mode: 'keyframe', start_time: 1, end_time: 9 })
const SPLICED = edited({ ...TRIM, mode: 'smart', start_time: 1, end_time: 9 })
const LOUD: LoudnessOperation = { type: 'loudness', target_lufs: -14, true_peak_db: -1 }

/** The fingerprints of a build in which one function gives ffmpeg other arguments. */
async function printsOfBuild(edit: Edit, file: string, change: (token: string) => string): Promise<string[]> {
  const path = `../../../src/plan/argv/${file}.js`
  vi.resetModules()
  vi.doMock(path, async (importOriginal) => {
    const exports = Object.entries(await importOriginal<Readonly<Record<string, unknown>>>())
    return Object.fromEntries(exports.map(([name, value]) => [name, changed(value, change)]))
  })
  const build = await import('../../../src/jobs/edits/reuse-outputs.js')
  vi.doUnmock(path)
  return [...build.fingerprintOutputs(planOf(edit), HASHES).values()]
}

/** Wraps a function so that its tokens are changed; other values stay as they are. */
function changed(value: unknown, change: (token: string) => string): unknown {
  if (typeof value !== 'function') return value
  return (...args: readonly unknown[]) => {
    const result: unknown = Reflect.apply(value, undefined, args)
    return Array.isArray(result) && result.every((token) => typeof token === 'string')
      ? result.map(change)
      : result
  }
}

const replacing = (from: string, to: string) => (token: string) => (token === from ? to : token)

describe('an output gets another fingerprint', () => {
  test.each<[what: string, Edit, file: string, from: string, to: string]>([
    ['quality of WebP', WEBP, 'video-args', '75', '40'],
    ['preset of H.265', MIXED, 'video-args', 'medium', 'slow'],
    ['bit rate of sound', MIXED, 'audio-args', '128000', '96000'],
    ['layout of MP4', MIXED, 'container-args', '+faststart', '+frag_keyframe'],
    ['way to encode chunks', MIXED, 'video-args', 'stitchable=1', 'stitchable=0'],
    ['encoder beside copied pictures', SPLICED, 'video-args', 'libx264', 'libopenh264'],
    ['way to open a copied source', COPIED, 'input-args', 'file', 'file,pipe'],
    ['layout of a joined file', COPIED, 'container-args', '+faststart', '+frag_keyframe'],
    ['coding of sound that is measured', edited(LOUD), 'audio-args', '128000', '96000'],
  ])('from a build with another %s', async (_, edit, file, from, to) => {
    const before = await printsOfBuild(edit, file, (token) => token)
    const after = await printsOfBuild(edit, file, replacing(from, to))
    expect(before).toEqual(printsOf(edit))
    expect(after).toHaveLength(before.length)
    expect(after).not.toEqual(before)
  })

  test('with another target of loudness', () => {
    const targets = [LOUD, { ...LOUD, target_lufs: -23 }, { ...LOUD, true_peak_db: -3 }]
    expect(new Set(targets.flatMap((op) => printsOf(edited(op)))).size).toBe(3)
  })

  test('with another source', () => {
    const [pass] = planOf(MIXED).passes
    if (!pass) throw new Error('there is no pass')
    const other = new Map([['uploads/video.mp4', 'b'.repeat(64)]])
    expect(fingerprintPass(pass, [], other)).not.toBe(fingerprintPass(pass, [], HASHES))
    expect(fingerprintPass(pass, [], new Map())).toBeNull()
  })
})

describe('an output gets the same fingerprint', () => {
  test.each<[string, Edit]>([
    ['encoded', MIXED],
    ['copied', COPIED],
    ['copied in part', SPLICED],
    ['measured', edited(LOUD)],
  ])('in any job, if it is %s', (_, edit) => {
    expect(printsOf(edit, 'second')).toEqual(printsOf(edit, 'first'))
  })

  test('in a job with more outputs', () => {
    const [large] = printsOf(ladder('720p'))
    expect(printsOf(ladder('720p', '240p'))).toContain(large)
  })

  test('on any number of threads', () => {
    const [pass] = planOf(MIXED).passes
    if (!pass) throw new Error('there is no pass')
    expect(fingerprintPass({ ...pass, threads: 3 }, [], HASHES)).toBe(fingerprintPass(pass, [], HASHES))
  })
})
