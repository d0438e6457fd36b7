/**
 * The first release of ffmpeg without the vulnerabilities that were known in November 2026, among them CVE-2026-40962 (MP4
 * with encrypted samples) and CVE-2026-8461 (MagicYUV): https://ffmpeg.org/security.html
 */
const FIXED_IN = '8.1.2'

/** The release from which on known vulnerabilities are mended, if a version is older; null: it is not, or has no number. */
export function olderThanFixes(version: string): string | null {
  const [, number] = /^n?(\d+(?:\.\d+){1,2})(?:[^\d.]|$)/.exec(version) ?? []
  if (number === undefined) return null
  const [own, fixed] = [number, FIXED_IN].map((text) => text.split('.').map(Number))
  for (const [index, part] of (fixed ?? []).entries()) {
    const ownPart = own?.[index] ?? 0
    if (ownPart !== part) return ownPart < part ? FIXED_IN : null
  }
  return null
}
