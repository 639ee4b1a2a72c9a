/** Longest line that is shown as the reason why a picture was found. */
const MOST_CHARS = 160;

const bare = (text: string): string => text.toLowerCase().replace(/\s/g, "");

/**
 * The line of a text in which the most of these terms stand, the first of several; cut to length around the first of them.
 * @param terms at least one of them stands in the text.
 */
export function lineWith(text: string, terms: readonly string[]): string {
  const wanted = terms.map(bare);
  const lines = text.split("\n");
  const counts = lines.map((line) => wanted.filter((term) => bare(line).includes(term)).length);
  const line = lines[counts.indexOf(Math.max(...counts))]!;
  if (line.length <= MOST_CHARS) return line;
  const places = terms.map((term) => line.toLowerCase().indexOf(term.toLowerCase())).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...places, line.length - 1) - MOST_CHARS / 2);
  const cut = line.slice(from, from + MOST_CHARS).trim();
  return `${from > 0 ? "…" : ""}${cut}${from + MOST_CHARS < line.length ? "…" : ""}`;
}
