/** Scripts with spaces between words. */
const SPACED = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
const HAN = /\p{Script=Han}/u;

/**
 * A term as PostgreSQL's regular expressions look for it: of scripts with spaces between words at the beginning of a word,
 * of others anywhere. Chinese may go on in the next line.
 */
export function termPattern(term: string): string {
  const signs = [...term];
  const literal = signs
    .map((sign, i) => {
      const isJoined = HAN.test(sign) && HAN.test(signs[i + 1] ?? "");
      return sign.replace(/[^\p{L}\p{N}\s]/u, "\\$&") + (isJoined ? "\\s*" : "");
    })
    .join("");
  return SPACED.test(term) ? `\\m${literal}` : literal;
}
