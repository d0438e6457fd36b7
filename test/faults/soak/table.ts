/** Columns of equal width: the first is set to the left, numbers are set to the right. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) => row.map(String))
  const widths: number[] = []
  for (const row of texts) row.forEach((text, at) => (widths[at] = Math.max(widths[at] ?? 0, text.length)))
  return texts
    .map((row) =>
      row
        .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n')
}
