/** @param {number} bytes */
export function formatSize(bytes) {
  if (bytes < 1024) return `${bytes} B`
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB'][power]}`
}

/** @param {number} seconds */
export function formatDuration(seconds) {
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** @param {string} text RFC 3339 */
export function formatTime(text) {
  return new Date(text).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** @param {{ width: number | null, height: number | null }} picture */
export function formatPicture({ width, height }) {
  return width === null || height === null ? null : `${width} × ${height}`
}

/**
 * Joins the facts that exist into one line.
 * @param {...(string | null)} facts
 */
export function joinFacts(...facts) {
  return facts.filter((fact) => fact !== null && fact !== '').join(' · ')
}
