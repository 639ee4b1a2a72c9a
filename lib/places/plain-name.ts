/** A name as it is compared: in small letters, without accents, one space between words. */
export const plainName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

/** `Kyoto, Japan`, `日本 · 京都` → the names in it, each as it is compared. */
export const plainNames = (text: string): string[] =>
  text
    .split(/[,，、]|\s·\s/)
    .map(plainName)
    .filter(Boolean);
