import type { MasteringDisplay } from '../model/facts.js'
import type { FilmCoding } from '../model/plan.js'

/** Units of x265: https://x265.readthedocs.io/en/master/cli.html#cmdoption-master-display */
const CHROMATICITY_UNIT = 1 / 50_000
const LUMINANCE_UNIT = 1 / 10_000

/** x265 writes what is given into the header of the stream, from where players read it. */
export function x265HdrParams({ staticHdr }: FilmCoding): string[] {
  if (!staticHdr) return []
  const { mastering, light } = staticHdr
  const units = (value: number, unit: number) => String(Math.round(value / unit))
  return [
    ...(mastering ? [`master-display=${displayOf(mastering, units)}`] : []),
    ...(light ? [`max-cll=${light.maxCll},${light.maxFall}`] : []),
  ]
}

/** The same for SVT-AV1, which takes numbers: https://gitlab.com/AOMediaCodec/SVT-AV1/-/blob/master/Docs/Parameters.md */
export function svtHdrParams({ staticHdr }: FilmCoding): string[] {
  if (!staticHdr) return []
  const { mastering, light } = staticHdr
  const rounded = (value: number, unit: number) =>
    String(Number((Math.round(value / unit) * unit).toFixed(5)))
  return [
    ...(mastering ? [`mastering-display=${displayOf(mastering, rounded)}`] : []),
    ...(light ? [`content-light=${light.maxCll},${light.maxFall}`] : []),
  ]
}

/** `G(x,y)B(x,y)R(x,y)WP(x,y)L(max,min)` */
function displayOf(
  { green, blue, red, white, maxNits, minNits }: MasteringDisplay,
  format: (value: number, unit: number) => string,
): string {
  const point = ([x, y]: readonly [number, number]) =>
    `(${format(x, CHROMATICITY_UNIT)},${format(y, CHROMATICITY_UNIT)})`
  const luminance = `(${format(maxNits, LUMINANCE_UNIT)},${format(minNits, LUMINANCE_UNIT)})`
  return `G${point(green)}B${point(blue)}R${point(red)}WP${point(white)}L${luminance}`
}
