/** The folders of tests whose results depend on ffmpeg. */
export const SUITES = ['render', 'media', 'activities', 'corpus', 'field', 'e2e']

/**
 * The part of them that CI runs on each version: every container, every operation, every way to copy and to cut, and
 * one whole job.
 */
export const PART = [
  'test/corpus',
  'test/field',
  'test/media/packets',
  'test/media/decoding',
  'test/media/capabilities.test.ts',
  'test/render/inputs',
  'test/render/ops',
  'test/render/copy',
  'test/render/chunks',
  'test/render/text/text-layer.scripts.test.ts',
  'test/activities/passes',
  'test/e2e/composite.test.ts',
]
