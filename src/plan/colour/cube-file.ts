import type { ColourMap } from '../model/colour-map.js'
import { mapColour } from './map-colour.js'

/** Samples along each side of a table. With 49 the values between them are right to half a step of 8 bits. */
const SIDE = 49

/** A colour map as a table in the format .cube (Adobe, version 1.0), red fastest. */
export function cubeFile(map: ColourMap): string {
  const convert = mapColour(map)
  const lines = [`LUT_3D_SIZE ${SIDE}`]
  const at = (index: number): number => index / (SIDE - 1)
  for (let blue = 0; blue < SIDE; blue += 1) {
    for (let green = 0; green < SIDE; green += 1) {
      for (let red = 0; red < SIDE; red += 1) {
        const samples = convert([at(red), at(green), at(blue)])
        lines.push(samples.map((sample) => sample.toFixed(6)).join(' '))
      }
    }
  }
  return `${lines.join('\n')}\n`
}
