/** Words in one line, without signs that nobody sees. */
export const cleanWord = (typed: string): string =>
  typed
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
