import { WINDOWS_1252 } from '../../plan/subtitles/entities.js'

/** Text of one language in an encoding. */
interface Candidate {
  readonly encoding: Encoding
  /** Letters, apart from those of ASCII, that make up a large share of such text. */
  readonly letters: string
  /** The share of these letters in real text. */
  readonly share: number
  /** Whether such letters stand alone among letters of ASCII, and not beside each other. */
  readonly isSparse: boolean
}

/** As `TextDecoder` names them, and as users may know them. */
const NAMES = {
  'windows-1252': 'Windows-1252 (Western European)',
  'windows-1250': 'Windows-1250 (Central European)',
  'windows-1254': 'Windows-1254 (Turkish)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'koi8-r': 'KOI8-R (Cyrillic)',
  'windows-1253': 'Windows-1253 (Greek)',
  'windows-1255': 'Windows-1255 (Hebrew)',
  'windows-1256': 'Windows-1256 (Arabic)',
  'windows-874': 'Windows-874 (Thai)',
  shift_jis: 'Shift_JIS (Japanese)',
  'euc-jp': 'EUC-JP (Japanese)',
  'euc-kr': 'EUC-KR (Korean)',
  gb18030: 'GB 18030 (Chinese)',
  big5: 'Big5 (Chinese)',
} as const

type Encoding = keyof typeof NAMES

/** A language that is written in Latin letters, some of them with accents. */
function latin(encoding: Encoding, letters: string): Candidate {
  const all = `${letters}${letters.toUpperCase()}’‘“”„–—…«»\u00a0`
  return { encoding, letters: all, share: 1, isSparse: true }
}

function foreign(encoding: Encoding, share: number, letters: string): Candidate {
  return { encoding, letters, share, isSparse: false }
}

const KANA = 'のいたなにてはをがとしれるでかっうもんすらこだまきさー、。'

/** In order of preference, for texts of which nothing else tells. */
const CANDIDATES: readonly Candidate[] = [
  latin('windows-1252', 'éèêëàâçîïôùûœæ'),
  latin('windows-1252', 'áéíóúñü¿¡ºª'),
  latin('windows-1252', 'ãõáéíóúâêôàçü'),
  latin('windows-1252', 'äöüßé'),
  latin('windows-1252', 'åäöæøéðþýíóúá'),
  latin('windows-1252', 'àèéìòù'),
  latin('windows-1250', 'ąćęłńóśźż'),
  latin('windows-1250', 'áéíóúýěščřžůďťňľĺŕôä'),
  latin('windows-1250', 'áéíóöőúüű'),
  latin('windows-1250', 'čćžšđ'),
  latin('windows-1250', 'ăâîşţ'),
  latin('windows-1254', 'ışğüçöİâî'),
  foreign('windows-1251', 0.85, 'оеаинтсрвлкмдпуяыьіъ'),
  foreign('koi8-r', 0.85, 'оеаинтсрвлкмдпуяыь'),
  foreign('windows-1253', 0.85, 'αοιετσνηυρπκμλςάίέόήύώ'),
  foreign('windows-1255', 0.85, 'יוהלאמרתבשנעםדקחכ'),
  foreign('windows-1256', 0.85, 'اليمنوترهبدعسكفأقحةجش'),
  foreign('windows-874', 0.85, 'านรอกเงมยลวดทสตะปบคหแจพชขใไโผ่้ีัิืุู็์ำ'),
  foreign('shift_jis', 0.5, KANA),
  foreign('euc-jp', 0.5, KANA),
  foreign('euc-kr', 0.35, '이다는을가에의를어고도나하지아니은그기게있한사내것리'),
  foreign('gb18030', 0.22, '的一是不了我你在有他人这们来说到要就会好吗么，。'),
  foreign('big5', 0.22, '的一是不了我你在有他人這們來說到要就會好嗎麼，。'),
]

/** Bytes that are decoded by every candidate. */
const SAMPLE_BYTES = 65_536

/** As good as no sign at all. */
const LEAST_SCORE = 0.3

export interface Guess {
  readonly encoding: Encoding
  readonly name: string
}

/** The most likely 8-bit encoding of a text that is not UTF-8; null: it looks like no text. */
export function guessEncoding(bytes: Buffer): Guess | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  let best: { readonly found: Candidate; readonly score: number } | null = null
  for (const found of CANDIDATES) {
    const score = scoreOf(found, sample)
    if (score > (best?.score ?? LEAST_SCORE) + 0.01) best = { found, score }
  }
  return best && { encoding: best.found.encoding, name: NAMES[best.found.encoding] }
}

/** 1: the text is as one expects it to be in this encoding. */
function scoreOf({ encoding, letters, share, isSparse }: Candidate, sample: Buffer): number {
  const common = new Set(letters)
  const text = decodeAs(encoding, sample)
  let [foreign, known, beside, broken, before] = [0, 0, 0, 0, false]
  for (const character of text) {
    const isForeign = character > '\u007f'
    if (isForeign) {
      foreign += 1
      if (common.has(character)) known += 1
      if (before) beside += 1
      if (/[\ufffd\u0080-\u009f\ue000-\uf8ff]/.test(character)) broken += 1
    }
    before = isForeign
  }
  if (foreign === 0) return 0
  const spread = isSparse ? 1 - beside / foreign : Math.min(1, (2 * beside) / foreign)
  return Math.min(1.2, known / foreign / share) * spread * (1 - Math.min(1, (10 * broken) / foreign))
}

/** Some versions of Node.js decode Windows-1252 as Latin-1, which has controls where the former has quotes. */
export function decodeAs(encoding: Encoding, bytes: Buffer): string {
  if (encoding !== 'windows-1252') return new TextDecoder(encoding).decode(bytes)
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80))
}
