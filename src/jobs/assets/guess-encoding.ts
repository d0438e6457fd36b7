/**
 * An encoding that text of one language is written in, as `TextDecoder` names it, with letters that make up a large
 * share of such text outside of ASCII.
 */
interface Candidate {
  readonly encoding: string
  readonly name: string
  readonly letters: string
  /** The share of these letters in real text. */
  readonly share: number
  /** Whether such letters stand alone among letters of ASCII, and not beside each other. */
  readonly isSparse?: true
}

const LATIN = { share: 1, isSparse: true } as const
const ALPHABET = { share: 0.85 } as const
const KANA = { letters: 'のいたなにてはをがとしれるでかっうもんすらこだまきさー、。', share: 0.5 } as const

/** In order of preference, for texts of which nothing else tells. */
const CANDIDATES: readonly Candidate[] = [
  {
    encoding: 'windows-1252',
    name: 'Windows-1252 (Western European)',
    letters: 'éèêëàâáäãåçîïíñôöóõøûùüúæœßÉÀÇÖÄÜÅØÑ’‘“”–—…«»¿¡°',
    ...LATIN,
  },
  {
    encoding: 'windows-1250',
    name: 'Windows-1250 (Central European)',
    letters: 'áéíóúýěščřžůůąćęłńśźżőűöüäôďťňăâîşţÁŠČŘŽŁŚŻ’„”–…',
    ...LATIN,
  },
  { encoding: 'windows-1254', name: 'Windows-1254 (Turkish)', letters: 'ışğüçöİŞÜÇÖĞâî’“”…', ...LATIN },
  { encoding: 'windows-1251', name: 'Windows-1251 (Cyrillic)', letters: 'оеаинтсрвлкмдпуяыьі', ...ALPHABET },
  { encoding: 'koi8-r', name: 'KOI8-R (Cyrillic)', letters: 'оеаинтсрвлкмдпуяыь', ...ALPHABET },
  { encoding: 'windows-1253', name: 'Windows-1253 (Greek)', letters: 'αοιετσνηυρπκμλςάίέόήύώ', ...ALPHABET },
  { encoding: 'windows-1255', name: 'Windows-1255 (Hebrew)', letters: 'יוהלאמרתבשנעםדקחכ', ...ALPHABET },
  { encoding: 'windows-1256', name: 'Windows-1256 (Arabic)', letters: 'اليمنوترهبدعسكفأقحةجش', ...ALPHABET },
  {
    encoding: 'windows-874',
    name: 'Windows-874 (Thai)',
    letters: 'านรอกเงมยลวดทสตะปบคหแจพชขใไโผ่้ีัิืุู็์ำ',
    ...ALPHABET,
  },
  { encoding: 'shift_jis', name: 'Shift_JIS (Japanese)', ...KANA },
  { encoding: 'euc-jp', name: 'EUC-JP (Japanese)', ...KANA },
  {
    encoding: 'euc-kr',
    name: 'EUC-KR (Korean)',
    letters: '이다는을가에의를어고도나하지아니은그기게있한사내것리',
    share: 0.35,
  },
  {
    encoding: 'gb18030',
    name: 'GB 18030 (Chinese)',
    letters: '的一是不了我你在有他人这们来说到要就会好吗么，。',
    share: 0.22,
  },
  {
    encoding: 'big5',
    name: 'Big5 (Chinese)',
    letters: '的一是不了我你在有他人這們來說到要就會好嗎麼，。',
    share: 0.22,
  },
]

/** Bytes that are decoded by every candidate. */
const SAMPLE_BYTES = 65_536

/** As good as no sign at all. */
const LEAST_SCORE = 0.3

/** The most likely 8-bit encoding of a text that is not UTF-8; null: it looks like no text. */
export function guessEncoding(bytes: Buffer): { readonly encoding: string; readonly name: string } | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  let best: { readonly found: Candidate; readonly score: number } | null = null
  for (const found of CANDIDATES) {
    const score = scoreOf(found, sample)
    if (score > (best?.score ?? LEAST_SCORE) + 0.01) best = { found, score }
  }
  return best?.found ?? null
}

/** 1: the text is as one expects it to be in this encoding. */
function scoreOf({ encoding, letters, share, isSparse }: Candidate, sample: Buffer): number {
  const common = new Set(letters)
  const text = new TextDecoder(encoding).decode(sample)
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
