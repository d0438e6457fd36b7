/** What ffmpeg's names of pixel formats say. */

/** Bits of a sample: 8 unless the name says more, such as `yuv420p10le`, `p010le` or `gbrap12be`. */
export function bitDepth(pixelFormat: string): number {
  const planar = /(?:p|gray|y2)(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat)?.[1]
  if (planar !== undefined) return Number(planar)
  if (/^(p0|p2|p4)1[026]/.test(pixelFormat)) return Number(pixelFormat.slice(2, 4))
  return /^(rgb48|bgr48|rgba64|bgra64|ya16)/.test(pixelFormat) ? 16 : 8
}

export function hasAlpha(pixelFormat: string): boolean {
  return /^(yuva|gbrap|rgba|bgra|argb|abgr|ya8|ya16|ayuv|pal8)/.test(pixelFormat)
}

/** Other samples of colour than 4:2:0 has; RGB is no such format. */
export function hasFineChroma(pixelFormat: string): boolean {
  return /^(yuv[aj]?(410|411|422|440|444)|nv(16|24|20|42)|p[24]1|yuyv|uyvy|y210|ayuv|xv)/.test(pixelFormat)
}
