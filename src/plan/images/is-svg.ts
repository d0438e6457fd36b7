/** What may stand before the first tag of a drawing, by how it begins and ends. */
const BEFORE = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const

const DOCTYPE = '<!doctype'

/**
 * Whether a file that begins so is an SVG: only comments, a declaration and a document type stand before its first tag.
 * @param head the first bytes, in any encoding whose letters are those of ASCII once zeros are left out
 */
export function isSvg(head: Buffer): boolean {
  const text = head.toString('latin1').replaceAll('\0', '').toLowerCase()
  let at = text.indexOf('<')
  while (at >= 0) {
    if (isTag(text, at)) return true
    const end = endOfLead(text, at)
    if (end === null) return false
    at = nextTag(text, end)
  }
  return false
}

function isTag(text: string, at: number): boolean {
  return /^<(?:svg:)?svg[\s/>]/.test(text.slice(at, at + 10))
}

/** Where what stands before the first tag ends; null: something else stands here. */
function endOfLead(text: string, at: number): number | null {
  for (const [begin, finish] of BEFORE) {
    if (text.startsWith(begin, at)) return after(text, finish, at + begin.length)
  }
  if (!text.startsWith(DOCTYPE, at)) return null
  const [end, declared] = [text.indexOf('>', at), text.indexOf('[', at)]
  if (declared < 0 || declared > end) return after(text, '>', at)
  const closed = after(text, ']', declared)
  return closed === null ? null : after(text, '>', closed)
}

function after(text: string, mark: string, from: number): number | null {
  const found = text.indexOf(mark, from)
  return found < 0 ? null : found + mark.length
}

/** The next tag, if only blanks stand before it; -1: none. */
function nextTag(text: string, from: number): number {
  const next = text.indexOf('<', from)
  return next >= 0 && text.slice(from, next).trim() === '' ? next : -1
}
