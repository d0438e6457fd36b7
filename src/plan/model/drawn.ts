/** Kinds of pictures that ffmpeg cannot read, or not in all versions. */
export const DRAWN_KINDS = ['svg', 'webp'] as const
export type DrawnKind = (typeof DRAWN_KINDS)[number]

/** What is made of such a file before ffmpeg starts: a PNG of a size, or an APNG. */
export type DrawnPicture =
  { readonly kind: 'svg'; readonly width: number; readonly height: number } | { readonly kind: 'webp' }
