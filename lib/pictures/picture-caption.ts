/** Longest caption that is kept. */
export const MAX_CAPTION_CHARS = 2_000;

/**
 * A caption in lines: signs that nobody sees removed, no more than one empty line in a row, cut to length between
 * characters.
 */
export function cleanCaption(caption: string): string {
  const lines = caption
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu, " ")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n");
  return [...lines.trim()].slice(0, MAX_CAPTION_CHARS).join("").trim();
}

/** What a picture is called where there is room for one line. */
export const altText = ({ title, caption }: { title: string; caption: string }): string =>
  caption.replace(/\n+/g, " ") || title;
