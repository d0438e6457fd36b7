import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FFMPEG } from '../../support/lavfi.js'
import { until } from '../../support/until.js'

/** Steps whose ffmpeg a test can hold, by how the names of their passes begin. */
export const HELD_STEPS = ['thumbnails-poster', 'assemble', 'thumbnails-sprite', 'package'] as const

/** In place of ffmpeg: while there is a file `hold-STEP`, it says `at-STEP` and waits. */
const script = (dir: string) => `#!/bin/sh
for step in ${HELD_STEPS.join(' ')}; do
  case "$PWD" in
    */"$step"*)
      if [ -e "${dir}/hold-$step" ]; then
        : > "${dir}/at-$step"
        while [ -e "${dir}/hold-$step" ]; do sleep 0.05; done
      fi ;;
  esac
done
exec ${FFMPEG} "$@"
`

export interface HeldSteps {
  /** For FFMPEG_PATH. */
  readonly ffmpegPath: string
  hold(): Promise<void>
  /** Waits until the ffmpeg of each step has begun since the last call. */
  areReached(): Promise<void>
  letGo(): Promise<void>
  destroy(): Promise<void>
}

export async function createHeldSteps(): Promise<HeldSteps> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-held-'))
  const ffmpegPath = join(dir, 'ffmpeg')
  await writeFile(ffmpegPath, script(dir), { mode: 0o755 })
  const isThere = (name: string) =>
    access(join(dir, name)).then(
      () => true,
      () => false,
    )
  return {
    ffmpegPath,
    hold: async () => {
      for (const step of HELD_STEPS) await writeFile(join(dir, `hold-${step}`), '')
    },
    areReached: async () => {
      for (const step of HELD_STEPS) await until(`${step} has begun`, () => isThere(`at-${step}`), 120_000)
      for (const step of HELD_STEPS) await rm(join(dir, `at-${step}`))
    },
    letGo: async () => {
      const held = (await readdir(dir)).filter((name) => name.startsWith('hold-'))
      for (const name of held) await rm(join(dir, name))
    },
    destroy: () => rm(dir, { recursive: true }),
  }
}
