const MAX_LENGTH = 255

/**
 * Makes the name that a client gave its file safe to show and to offer for saving: without folders, control
 * characters and marks that change the direction of text, which can disguise extensions.
 */
export function cleanFileName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const visible = base
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const usable = /^\.*$/.test(visible) ? 'upload' : visible
  return shorten(usable)
}

/** Shortens the stem and keeps the extension. Never splits a surrogate pair. */
function shorten(name: string): string {
  if (name.length <= MAX_LENGTH) return name
  const extension = /\.[^.]{1,16}$/.exec(name)?.[0] ?? ''
  const stem = name.slice(0, MAX_LENGTH - extension.length)
  return stem.replace(/[\ud800-\udbff]$/, '') + extension
}
