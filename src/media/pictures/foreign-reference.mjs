// Part of the program draw-picture.mjs, so that what users send is read where time and memory are bounded.
import sax from 'sax'

/** Longest part of a reference that is told, and that is looked at. */
const TOLD = 60
const LOOKED_AT = 200

/** @typedef {(reference: string) => void} Tell */

/**
 * The first reference of a drawing to anything but its own parts and pictures within it; null: it has none. The program
 * that draws has no network and no folder to look in, so this only says what would be missing. Links do no harm.
 * @param {string} text
 * @returns {string | null}
 */
export function foreignReference(text) {
  /** @type {string[]} */
  const found = []
  /** @type {Tell} */
  const tell = (reference) => {
    if (!isOwn(reference.trim())) found.push(reference.trim())
  }
  tellEntities(text, tell)
  read(text, tell)
  const [first] = found
  if (first === undefined) return null
  return first.length > TOLD ? `${first.slice(0, TOLD)}…` : first
}

/**
 * Goes over the text once. Mistakes are passed over: whoever draws it finds them.
 * @param {string} text
 * @param {Tell} tell
 */
function read(text, tell) {
  // A picture within the drawing is one attribute.
  Object.assign(sax, { MAX_BUFFER_LENGTH: Infinity })
  const parser = sax.parser(true)
  parser.onerror = () => {
    Object.assign(parser, { error: null })
    parser.resume()
  }
  let isStyle = false
  parser.onopentag = ({ name, attributes }) => {
    isStyle = localName(name) === 'style'
    for (const [attribute, value] of Object.entries(attributes)) {
      if (typeof value !== 'string') continue
      if (localName(attribute) === 'href' && localName(name) !== 'a') tell(value)
      tellStyle(value, tell)
    }
  }
  parser.onclosetag = () => {
    isStyle = false
  }
  /** @param {string} style */
  const onStyle = (style) => {
    if (isStyle) tellStyle(style, tell)
  }
  parser.ontext = onStyle
  parser.oncdata = onStyle
  parser.onprocessinginstruction = ({ name, body }) => {
    if (name === 'xml-stylesheet') tell(between(body, 'href="', '"') ?? between(body, "href='", "'") ?? body)
  }
  parser.write(withoutDeclarations(text)).close()
}

const DECLARATION = /<!(?!--|\[CDATA\[|DOCTYPE)/gi

/**
 * Without what begins a declaration: after each letter, the parser compares all that it has of one, so that a long one
 * would take hours.
 * @param {string} text
 */
function withoutDeclarations(text) {
  return text.replace(DECLARATION, '< ')
}

/** @param {string} name */
function localName(name) {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

/**
 * References of a style sheet, or of an attribute that is one: `url(…)` and `@import "…"`.
 * @param {string} style
 * @param {Tell} tell
 */
function tellStyle(style, tell) {
  const lower = style.toLowerCase()
  for (const mark of ['url(', '@import']) {
    for (let at = lower.indexOf(mark); at >= 0; at = lower.indexOf(mark, at + mark.length)) {
      const rest = style.slice(at + mark.length, at + mark.length + LOOKED_AT).trimStart()
      if (mark === '@import' && rest.toLowerCase().startsWith('url(')) continue
      const quote = rest.startsWith('"') || rest.startsWith("'") ? rest.slice(0, 1) : ''
      tell(rest.slice(quote.length).split(quote || ')', 1)[0] ?? '')
    }
  }
}

/**
 * Entities that are files.
 * @param {string} text
 * @param {Tell} tell
 */
function tellEntities(text, tell) {
  for (const entity of text.split('<!ENTITY').slice(1)) {
    const words = entity.slice(0, LOOKED_AT).split('>', 1)[0]?.split(/\s/) ?? []
    const place = words.findIndex((word) => word === 'SYSTEM' || word === 'PUBLIC')
    if (place >= 0) tell(words.slice(place + 1).join(' '))
  }
}

/** @param {string} text @param {string} start @param {string} end */
function between(text, start, end) {
  const at = text.indexOf(start)
  return at < 0 ? null : (text.slice(at + start.length).split(end, 1)[0] ?? null)
}

/** @param {string} reference */
function isOwn(reference) {
  return (
    reference === '' ||
    reference.startsWith('#') ||
    /^data:image\/(?:png|jpe?g|gif|webp)[;,]/i.test(reference)
  )
}
