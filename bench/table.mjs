/** A Markdown table. Columns whose heading ends with a colon are set to the right, without the colon. */
export function markdownTable(headings, rows) {
  const rights = headings.map((heading) => heading.endsWith(':'))
  const names = headings.map((heading) => heading.replace(/:$/, ''))
  const rule = rights.map((isRight) => (isRight ? '---:' : '---'))
  return [names, rule, ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n')
}

/** The same for a terminal: columns as wide as their widest cell. */
export function plainTable(headings, rows) {
  const rights = headings.map((heading) => heading.endsWith(':'))
  const all = [headings.map((heading) => heading.replace(/:$/, '')), ...rows]
  const widths = headings.map((_, column) => Math.max(...all.map((cells) => [...cells[column]].length)))
  const lines = all.map((cells) =>
    cells.map((cell, column) => pad(cell, widths[column], rights[column])).join('  '),
  )
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].map((line) => line.trimEnd()).join('\n')
}

function pad(text, width, isRight) {
  const blanks = ' '.repeat(Math.max(0, width - [...text].length))
  return isRight ? blanks + text : text + blanks
}

function escapeCell(text) {
  return text.replaceAll('|', '\\|')
}
