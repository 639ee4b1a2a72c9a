/** Longest title that is kept. */
export const MAX_TITLE_CHARS = 120;

/** A title in one line: control characters and surplus spaces removed, cut to length between characters. */
export function cleanTitle(title: string): string {
  const line = title.normalize("NFC").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, " ");
  return [...line.trim()].slice(0, MAX_TITLE_CHARS).join("").trim();
}

/** The title that an upload begins with: its file's name, without folders and ending. */
export function titleFromFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? "";
  return cleanTitle(base.replace(/\.[a-z0-9]{1,5}$/i, ""));
}

/** A file's name that every system takes, made from a title. */
export function fileNameFromTitle(title: string, extension: string): string {
  const safe = cleanTitle(title)
    .replace(/[\\/:*?"<>|]+/g, "-")
    .replace(/^[.\s-]+|[.\s-]+$/g, "");
  return `${safe || "picture"}.${extension}`;
}
