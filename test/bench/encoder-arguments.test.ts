import { expect, test } from 'vitest'
import { encoderArguments, outputOptions } from '../../bench/encoder-arguments.mjs'

const X264 = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23']
const GOP = ['-g', '48', '-keyint_min', '48', '-sc_threshold', '0']
const SOUND = ['-c:a', 'aac', '-b:a', '128000', '-ac', '2']

test('the outputs of a command are separated by their files, without the options of inputs', () => {
  const argv = [
    ...[
      '-protocol_whitelist',
      'file',
      '-ss',
      '5',
      '-i',
      'file:a',
      '-i',
      'file:b',
      '-filter_complex',
      '[0]null[o]',
    ],
    ...['-map', '[o]', '-an', '-crf', '20', 'file:first.mp4', '-map', '[p]', '-crf', '30', 'file:second.mp4'],
  ]
  expect(outputOptions(argv)).toEqual([
    {
      file: 'file:first.mp4',
      options: [['-filter_complex', '[0]null[o]'], ['-map', '[o]'], ['-an'], ['-crf', '20']],
    },
    {
      file: 'file:second.mp4',
      options: [
        ['-map', '[p]'],
        ['-crf', '30'],
      ],
    },
  ])
})

test('the encoder of a quality is found by its cap, and ffmpeg spreads it over all cores', () => {
  const encode = (cap: string, file: string) => [
    ...['-map', `[${file}]`, ...X264, '-maxrate', cap, '-bufsize', '1', ...GOP],
    ...['-x264-params', 'threads=1:stitchable=1:lookahead-threads=1', '-threads', '1', '-frames:v', '96'],
    ...['-map_metadata', '-1', '-f', 'mp4', file],
  ]
  const passes = [
    { ffmpeg_arguments: ['-i', 'in', ...encode('5000000', 'large'), ...encode('1000000', 'small')] },
    { ffmpeg_arguments: ['-i', 'in', '-map', '[a]', ...SOUND, '-f', 'mp4', 'sound'] },
    { ffmpeg_arguments: ['-i', 'in', '-c', 'copy', 'joined'] },
  ]
  expect(encoderArguments(passes, 1_000_000)).toEqual([
    ...[...X264, '-maxrate', '1000000', '-bufsize', '1', ...GOP, '-x264-params', 'stitchable=1', ...SOUND],
  ])
  expect(() => encoderArguments(passes, 2_500_000)).toThrow('encodes no pictures with the cap 2500000')
})

test('an output without a cap is found, with its own sound', () => {
  const argv = ['-i', 'in', '-map', '[v]', '-map', '[a]', ...X264, ...SOUND, 'edited']
  expect(encoderArguments([{ ffmpeg_arguments: argv }], null)).toEqual([...X264, ...SOUND])
})
