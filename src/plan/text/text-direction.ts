const SCRIPTS = [
  ...['Arabic', 'Hebrew', 'Syriac', 'Thaana', 'Nko', 'Samaritan', 'Mandaic', 'Adlam', 'Hanifi_Rohingya'],
]

/** Pattern of a character of a script that runs from the right. */
export const FROM_RIGHT = `[${SCRIPTS.map((script) => String.raw`\p{Script=${script}}`).join('')}]`

/** Letters and marks of direction: the first of them decides. */
const STRONG = /[\p{L}\u200e\u200f\u061c]/u

const STRONG_FROM_RIGHT = new RegExp(String.raw`^(?:[\u200f\u061c]|${FROM_RIGHT})`, 'u')

/** Whether the text's first letter is of a script that runs from the right. */
export function runsFromRight(text: string): boolean {
  return STRONG_FROM_RIGHT.test(STRONG.exec(text)?.[0] ?? '')
}
