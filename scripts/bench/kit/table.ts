export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The nearest-rank percentile: the least number that `percent` in a hundred of them do not exceed. */
export const percentile = (numbers: readonly number[], percent: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
};

/** Rows as a table with aligned columns. */
export function printTable<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => string>>,
): void {
  const names = Object.keys(columns);
  const cells = rows.map((row) => names.map((name) => columns[name]!(row)));
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((line) => line[i]!.length)));
  const line = (entries: readonly string[]): string =>
    entries.map((e, i) => (i ? e.padStart(widths[i]!) : e.padEnd(widths[i]!))).join("  ");
  console.log(line(names));
  for (const entries of cells) console.log(line(entries));
}
