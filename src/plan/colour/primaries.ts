type Chromaticity = readonly [x: number, y: number]
type Triple = readonly [number, number, number]
export type Matrix = readonly [Triple, Triple, Triple]

interface Primaries {
  readonly red: Chromaticity
  readonly green: Chromaticity
  readonly blue: Chromaticity
  readonly white: Chromaticity
}

const D65: Chromaticity = [0.3127, 0.329]
const C: Chromaticity = [0.31, 0.316]

const SMPTE_C: Primaries = { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 }
const P22: Primaries = { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 }

/** ITU-T H.273, table 2, by ffmpeg's names; and two of photographs, which have no code points. */
const PRIMARIES: Readonly<Record<string, Primaries>> = {
  bt709: { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 },
  bt470m: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: C },
  bt470bg: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  smpte170m: SMPTE_C,
  smpte240m: SMPTE_C,
  film: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: C },
  bt2020: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  smpte431: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  smpte432: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 },
  ebu3213: P22,
  'jedec-p22': P22,
  'prophoto-rgb': {
    red: [0.7347, 0.2653],
    green: [0.1596, 0.8404],
    blue: [0.0366, 0.0001],
    white: [0.3457, 0.3585],
  },
  'adobe-rgb': { red: [0.64, 0.33], green: [0.21, 0.71], blue: [0.15, 0.06], white: D65 },
}

export function isKnownPrimaries(name: string | null): name is string {
  return name !== null && Object.hasOwn(PRIMARIES, name)
}

/** The matrix from linear RGB of one set of primaries to another's; white stays white (Bradford). */
export function primariesMatrix(from: string, to: string): Matrix {
  const [source, target] = [primariesOf(from), primariesOf(to)]
  const adapted = multiply(adaptation(source.white, target.white), toXyz(source))
  return multiply(invert(toXyz(target)), adapted)
}

const D50: Chromaticity = [0.3457, 0.3585]

/** Rounding of the numbers in files. */
const TOLERANCE = 0.004

/** The primaries with these chromaticities; null: none that is known. */
export function primariesNear(found: Primaries): string | null {
  const isNear = (name: string): boolean => {
    const known = primariesOf(name)
    const points = [
      [found.red, known.red],
      [found.green, known.green],
      [found.blue, known.blue],
      [found.white, known.white],
    ] as const
    return points.every(([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]) < TOLERANCE)
  }
  return Object.keys(PRIMARIES).find(isNear) ?? null
}

/**
 * The primaries whose linear RGB this matrix turns into CIE XYZ, adapted to D50, as ICC profiles have it; null: none that
 * is known.
 */
export function primariesOfProfile(found: Matrix): string | null {
  const isNear = (name: string): boolean => {
    const primaries = primariesOf(name)
    const known = multiply(adaptation(primaries.white, D50), toXyz(primaries)).flat()
    return found.flat().every((value, index) => Math.abs(value - (known[index] ?? NaN)) < TOLERANCE)
  }
  return Object.keys(PRIMARIES).find(isNear) ?? null
}

function primariesOf(name: string): Primaries {
  const found = PRIMARIES[name]
  if (!found) throw new RangeError(`no primaries ${name}`)
  return found
}

function toXyz({ red, green, blue, white }: Primaries): Matrix {
  const columns = transpose([xyzOf(red), xyzOf(green), xyzOf(blue)])
  const scale = apply(invert(columns), xyzOf(white))
  return multiply(columns, diagonal(scale))
}

/** XYZ of luminance 1. */
function xyzOf([x, y]: Chromaticity): Triple {
  return [x / y, 1, (1 - x - y) / y]
}

const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]

function adaptation(from: Chromaticity, to: Chromaticity): Matrix {
  const [a, b] = [apply(BRADFORD, xyzOf(from)), apply(BRADFORD, xyzOf(to))]
  const scaled = multiply(diagonal([b[0] / a[0], b[1] / a[1], b[2] / a[2]]), BRADFORD)
  return multiply(invert(BRADFORD), scaled)
}

export function apply([p, q, r]: Matrix, [a, b, c]: Triple): Triple {
  return [p[0] * a + p[1] * b + p[2] * c, q[0] * a + q[1] * b + q[2] * c, r[0] * a + r[1] * b + r[2] * c]
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const [x, y, z] = transpose(right)
  return transpose([apply(left, x), apply(left, y), apply(left, z)])
}

function transpose([p, q, r]: Matrix): Matrix {
  return [
    [p[0], q[0], r[0]],
    [p[1], q[1], r[1]],
    [p[2], q[2], r[2]],
  ]
}

function diagonal([a, b, c]: Triple): Matrix {
  return [
    [a, 0, 0],
    [0, b, 0],
    [0, 0, c],
  ]
}

function invert([p, q, r]: Matrix): Matrix {
  const [x, y, z] = [cross(q, r), cross(r, p), cross(p, q)]
  const determinant = p[0] * x[0] + p[1] * x[1] + p[2] * x[2]
  const scaled = ([a, b, c]: Triple): Triple => [a / determinant, b / determinant, c / determinant]
  return transpose([scaled(x), scaled(y), scaled(z)])
}

function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
