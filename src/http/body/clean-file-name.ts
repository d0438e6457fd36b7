const MAX_LENGTH = 255

/**
 * The name a client gives its file, fit to be shown and offered for saving: no folders, no control
 * characters, no marks that turn the direction of text (they disguise extensions).
 */
export function cleanFileName(name: string): string {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const visible = base
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const usable = /^\.*$/.test(visible) ? 'upload' : visible
  return shorten(usable)
}

/** Keeps the extension, and never cuts a character in half. */
function shorten(name: string): string {
  if (name.length <= MAX_LENGTH) return name
  const extension = /\.[^.]{1,16}$/.exec(name)?.[0] ?? ''
  const stem = name.slice(0, MAX_LENGTH - extension.length)
  return stem.replace(/[\ud800-\udbff]$/, '') + extension
}
