import { expect, test } from 'vitest'
import { positionOfSettings } from '../../../../src/plan/subtitles/formats/vtt-settings.js'

const position = (settings: string, text = 'x') => positionOfSettings(settings, text, new Map())

// https://www.w3.org/TR/webvtt1/#processing-cue-settings, steps 2 to 5.
test.each([
  ['', 0, 100, 'center'],
  ['position:20%', 0, 40, 'center'],
  ['position:75% size:40%', 55, 40, 'center'],
  ['position:10%,line-left align:left size:35%', 10, 35, 'left'],
  ['position:10% align:left size:100%', 10, 90, 'left'],
  ['position:80% align:end', 0, 80, 'right'],
  ['position:80% align:right size:30%', 50, 30, 'right'],
  ['align:left', 0, 100, 'left'],
  ['align:right', 0, 100, 'right'],
  // Whose own position is the middle, as a note of the standard says.
  ['align:start', 50, 50, 'left'],
  ['align:end', 0, 50, 'right'],
  ['position:30%,center align:left size:20%', 20, 20, 'left'],
  ['position:30%,line-right size:20%', 10, 20, 'center'],
  ['align:middle position:30%,start size:20%', 30, 20, 'center'],
])('%j gives the box from %f with %f per cent, its lines %s', (settings, from, size, align) => {
  expect(position(settings)).toMatchObject({ box: { from, size }, align })
})

test('start is the right of a text that runs from the right', () => {
  expect(position('align:start', '<v Ali>مرحبا')).toMatchObject({
    box: { from: 0, size: 50 },
    align: 'right',
  })
  expect(position('align:end position:60%', 'مرحبا')).toMatchObject({
    box: { from: 60, size: 40 },
    align: 'left',
  })
})

test.each([
  ['line:0', { by: 'lines', line: 0 }],
  ['line:-3', { by: 'lines', line: -3 }],
  ['line:1.6', { by: 'lines', line: 2 }],
  ['line:50%', { by: 'percent', percent: 50, anchor: 'start' }],
  ['line:91.5%,end', { by: 'percent', percent: 91.5, anchor: 'end' }],
  ['line:50%,center', { by: 'percent', percent: 50, anchor: 'center' }],
  // What the standard ignores.
  ['line:101%', null],
  ['line:50%,middle', null],
  ['line:x', null],
  ['line', null],
])('%s is %j', (settings, line) => {
  expect(position(settings).line).toEqual(line)
})

test('vertical lines are told', () => {
  expect(position('vertical:rl').writing).toBe('vertical-rl')
  expect(position('vertical:lr').writing).toBe('vertical-lr')
  expect(position('vertical:tb').writing).toBe('horizontal')
})
