import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

const FIELD = 'test/field'

/** Long tests of what we read and draw ourselves, where ffmpeg has the smaller part. */
const WITHOUT = ['drawings.test.ts', 'subtitles.test.ts']

const fieldTests = readdirSync(join(import.meta.dirname, '..', '..', FIELD), { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.test.ts') && !WITHOUT.includes(basename(path)))
  .map((path) => `${FIELD}/${path}`)

/** The folders of tests whose results depend on ffmpeg. */
export const SUITES = ['render', 'media', 'activities', 'corpus', 'field', 'e2e']

/**
 * A part of them, a third: every container and every trait of files, every operation,
 * every way to copy, to cut and to join, stills, tracks, packaging, scripts and emoji, and one whole job.
 */
export const PART = [
  'test/corpus',
  ...fieldTests,
  'test/media/packets',
  'test/media/decoding',
  'test/media/capabilities',
  'test/render/inputs',
  'test/render/images',
  'test/render/ops',
  'test/render/layers/duck.test.ts',
  'test/render/layers/overlay-video.test.ts',
  'test/render/copy',
  'test/render/chunks',
  'test/render/tracks/add-tracks.test.ts',
  'test/render/text/text-layer.emoji.test.ts',
  'test/activities/passes',
  'test/e2e/composite.test.ts',
]
