/** Bits per sample of an ffmpeg pixel format: 8 unless its name says more, e.g. `yuv420p10le` or `p010le`. */
export function bitDepth(pixelFormat: string): number {
  const planar = /(?:p|gray|y2)(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat)?.[1]
  if (planar !== undefined) return Number(planar)
  if (/^(p0|p2|p4)1[026]/.test(pixelFormat)) return Number(pixelFormat.slice(2, 4))
  return /^(rgb48|bgr48|rgba64|bgra64|ya16)/.test(pixelFormat) ? 16 : 8
}

export function hasAlpha(pixelFormat: string): boolean {
  return /^(yuva|gbrap|rgba|bgra|argb|abgr|ya8|ya16|ayuv|pal8)/.test(pixelFormat)
}

/** Whether a format samples colour differently from 4:2:0. RGB does not count. */
export function hasFineChroma(pixelFormat: string): boolean {
  return /^(yuv[aj]?(410|411|422|440|444)|nv(16|24|20|42)|p[24]1|yuyv|uyvy|y210|ayuv|xv)/.test(pixelFormat)
}
