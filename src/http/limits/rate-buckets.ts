import type { Request } from 'express'

/** What requests are counted as: those that submit jobs, that bring files, that have pictures made, and all others. */
export type RateBucket = 'submits' | 'uploads' | 'previews' | 'requests'

/** What a route says of its requests. */
interface Bucketed {
  readonly method: string
  readonly path: string
  readonly bucket?: RateBucket
}

/** Tells the bucket of a request before it is routed. What belongs to no route counts among the others. */
export function bucketFinder(
  routes: readonly Bucketed[],
): (req: Pick<Request, 'method' | 'path'>) => RateBucket {
  const patterns = routes.flatMap(({ method, path, bucket }) =>
    bucket ? [{ method: method.toUpperCase(), segments: path.split('/'), bucket }] : [],
  )
  return ({ method, path }) => {
    const parts = path.split('/')
    const isOf = (segments: readonly string[]) =>
      segments.length === parts.length &&
      segments.every((segment, index) => segment.startsWith('{') || segment === parts[index])
    return patterns.find((one) => one.method === method && isOf(one.segments))?.bucket ?? 'requests'
  }
}
