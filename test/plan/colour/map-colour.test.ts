import { describe, expect, test } from 'vitest'
import { mapColour } from '../../../src/plan/colour/map-colour.js'
import type { ColourMap } from '../../../src/plan/model/colour-map.js'

const TO = { primaries: 'bt709', transfer: 'bt709' }

/** Of 8 bits. */
function convert(map: ColourMap, colour: readonly [number, number, number]): number[] {
  const [r, g, b] = colour
  return mapColour(map)([r / 255, g / 255, b / 255]).map((value) => Math.round(value * 255))
}

describe('standard range', () => {
  test.each([
    ['smpte432', 'bt709', [216, 93, 36]],
    ['smpte432', 'iec61966-2-1', [215, 93, 31]],
    ['bt2020', 'bt2020-10', [245, 79, 35]],
    ['smpte170m', 'smpte170m', [195, 102, 49]],
    ['bt470bg', 'bt709', [203, 100, 51]],
  ])('an orange of %s in %s', (primaries, transfer, wanted) => {
    expect(convert({ from: { primaries, transfer }, to: TO }, [200, 100, 50])).toEqual(wanted)
  })

  test.each(['bt709', 'iec61966-2-1', 'bt2020-12'])('grey stays in %s', (transfer) => {
    expect(convert({ from: { primaries: 'smpte432', transfer }, to: TO }, [77, 77, 77])).toEqual([77, 77, 77])
  })

  test('what BT.709 cannot show is clipped', () => {
    const from = { primaries: 'bt2020', transfer: 'bt709' }
    expect(convert({ from, to: TO }, [0, 255, 0])).toEqual([0, 255, 0])
  })
})

describe('high dynamic range', () => {
  const from = { primaries: 'bt2020', transfer: 'smpte2084' }

  test('a peak above the usual one leaves room for brighter highlights', () => {
    const bright = [191.7, 191.7, 191.7] as const
    expect(convert({ from, to: TO }, bright)[0]).toBe(255)
    expect(convert({ from, to: TO, peakNits: 4000 }, bright)[0]).toBe(249)
  })

  test('a colour of its own primaries comes back as it was', () => {
    const to = { primaries: 'bt2020', transfer: 'smpte2084' }
    expect(convert({ from, to }, [150, 100, 40])).toEqual([150, 100, 40])
    const hlg = { primaries: 'bt2020', transfer: 'arib-std-b67' }
    expect(convert({ from: hlg, to: hlg }, [150, 100, 40])).toEqual([150, 100, 40])
  })

  test('a colour beyond BT.709 is darkened and keeps its channels in order', () => {
    const [red = 0, green = 0, blue = 0] = convert({ from, to: TO }, [180, 140, 60])
    expect(red).toBe(255)
    expect(green).toBeGreaterThan(blue)
    expect(green).toBeLessThan(150)
  })
})
