import type { Warning } from '../model/plan.js'

/** A text has more emoji than are drawn in colours: each takes ten signs in the file that is drawn. */
export function plainEmojiWarning(pointer: string): Warning {
  const message =
    `${pointer} has more emoji than are drawn in colours, so they have the colour of the text. Use fewer emoji, or ` +
    'set "emoji" to "mono".'
  return { code: 'emoji-plain', message }
}
