/**
 * A Markdown table. Columns whose heading ends with a colon are set to the right, without the colon.
 * @param {readonly string[]} headings
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(headings, rows) {
  const { names, rights } = columnsOf(headings)
  const rule = rights.map((isRight) => (isRight ? '---:' : '---'))
  return [names, rule, ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n')
}

/**
 * The same for a terminal: columns as wide as their widest cell.
 * @param {readonly string[]} headings
 * @param {readonly (readonly string[])[]} rows
 */
export function plainTable(headings, rows) {
  const { names, rights } = columnsOf(headings)
  const widths = names.map((name, column) =>
    Math.max(lengthOf(name), ...rows.map((cells) => lengthOf(cells[column] ?? ''))),
  )
  /** @param {readonly string[]} cells */
  const line = (cells) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0, rights[column] ?? false))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(names), rule, ...rows.map(line)].join('\n')
}

/** @param {readonly string[]} headings */
function columnsOf(headings) {
  return {
    names: headings.map((heading) => heading.replace(/:$/, '')),
    rights: headings.map((heading) => heading.endsWith(':')),
  }
}

/**
 * @param {string} text
 * @param {number} width
 * @param {boolean} isRight
 */
function pad(text, width, isRight) {
  const blanks = ' '.repeat(Math.max(0, width - lengthOf(text)))
  return isRight ? blanks + text : text + blanks
}

/** Code points. @param {string} text */
function lengthOf(text) {
  return Array.from(text).length
}

/** @param {string} text */
function escapeCell(text) {
  return text.replaceAll('|', '\\|')
}
