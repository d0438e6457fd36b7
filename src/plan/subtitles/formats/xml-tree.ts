import sax from 'sax'
import { SubtitleFault } from '../subtitle-fault.js'

/** An element of an XML document. Names are without their namespace's prefix. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (XmlElement | string)[]
  /** Counted from 1. */
  readonly line: number
}

export interface XmlReading {
  readonly root: XmlElement
  /** Lines where the document breaks a rule of XML. */
  readonly faults: readonly number[]
}

const MAX_DEPTH = 64
const MAX_ATTRIBUTES = 100

/** Mistakes such as a bare `&` are passed over; a text that is no XML at all has one in every line. */
const MAX_MISTAKES = 200

interface OpenElement {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: (XmlElement | string)[]
  readonly line: number
}

/** After each letter the parser compares all that it has of a declaration, so that a long one would take hours. */
const MAX_DECLARATION = 4096

/**
 * Reads XML. The parser goes over the text once. It never reads what a document type declares: entities are those of
 * HTML alone, no entity is expanded within another, and no other file is opened.
 * @throws SubtitleFault when it is no XML, or elements lie too deep within one another
 */
export function readXml(text: string): XmlReading {
  const parser = sax.parser(true, { position: true })
  const document: OpenElement = { name: '', attributes: new Map(), children: [], line: 0 }
  const open: OpenElement[] = [document]
  const faults: number[] = []
  const within = () => open.at(-1) ?? document
  parser.onopentag = ({ name, attributes }) => {
    const line = parser.line + 1
    if (open.length > MAX_DEPTH) throw new SubtitleFault(line, `has an element within ${MAX_DEPTH} others`)
    const found = Object.entries(attributes).slice(0, MAX_ATTRIBUTES)
    const named = found.map(([key, value]) => [localName(key), String(value)] as const)
    const element = { name: localName(name), attributes: new Map(named), children: [], line }
    within().children.push(element)
    open.push(element)
  }
  parser.onclosetag = () => {
    if (open.length > 1) open.pop()
  }
  parser.ontext = (run) => within().children.push(run)
  parser.oncdata = (run) => within().children.push(run)
  let mistakes = 0
  parser.onerror = ({ message }) => {
    mistakes += 1
    const line = parser.line + 1
    if (mistakes > MAX_MISTAKES)
      throw new SubtitleFault(faults[0] ?? line, 'is not XML, like many lines after it')
    // A bare & and an unknown entity are shown as they are written.
    if (!/entity/i.test(message)) faults.push(line)
    parser.resume()
  }
  for (let at = 0; at < text.length; at += MAX_DECLARATION) {
    parser.write(text.slice(at, at + MAX_DECLARATION))
    if (declarationLength(parser) > MAX_DECLARATION)
      throw new SubtitleFault(parser.line + 1, 'has a declaration without end')
  }
  parser.close()
  const root = document.children.find((child) => typeof child !== 'string')
  if (!root) throw new SubtitleFault(null, 'is not XML')
  return { root, faults: [...new Set(faults)] }
}

function declarationLength(parser: sax.SAXParser): number {
  const declaration: unknown = Reflect.get(parser, 'sgmlDecl')
  return typeof declaration === 'string' ? declaration.length : 0
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

export function childElements({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== 'string')
}
