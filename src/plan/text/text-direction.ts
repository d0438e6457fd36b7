const SCRIPTS = [
  'Arabic',
  'Hebrew',
  'Syriac',
  'Thaana',
  'Nko',
  'Samaritan',
  'Mandaic',
  'Adlam',
  'Hanifi_Rohingya',
]

/** Pattern of one character of a right-to-left script. */
export const FROM_RIGHT = `[${SCRIPTS.map((script) => String.raw`\p{Script=${script}}`).join('')}]`

/** Letters and marks of direction: the first one in a text decides how the text runs. */
const STRONG = /[\p{L}\u200e\u200f\u061c]/u

const STRONG_FROM_RIGHT = new RegExp(String.raw`^(?:[\u200f\u061c]|${FROM_RIGHT})`, 'u')

/** Whether a text runs from right to left. */
export function runsFromRight(text: string): boolean {
  return STRONG_FROM_RIGHT.test(STRONG.exec(text)?.[0] ?? '')
}
