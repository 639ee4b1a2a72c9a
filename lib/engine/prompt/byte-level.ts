// GPT-2's way to write bytes as letters, so that a vocabulary of byte sequences can be kept as text.
// @source https://github.com/openai/gpt-2 (encoder.py), bytes_to_unicode

/** Bytes that print well stand for themselves: ! to ~, ¡ to ¬, ® to ÿ. */
const isPrintable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

const printable = Array.from({ length: 256 }, (_, byte) => byte).filter(isPrintable);
const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !isPrintable(byte));

/** The 256 letters in the order in which CLIP's vocabulary begins: printable bytes first, then U+0100 on. */
export const BYTE_LETTERS: readonly string[] = [
  ...printable.map((byte) => String.fromCharCode(byte)),
  ...others.map((_, i) => String.fromCharCode(0x100 + i)),
];

const byteOf = new Map(BYTE_LETTERS.map((letter, i) => [letter, [...printable, ...others][i]!]));
const letterOf: string[] = [];
for (const [letter, byte] of byteOf) letterOf[byte] = letter;

/** UTF-8 bytes of a text, one letter each; a lone surrogate becomes U+FFFD. */
export function toByteLetters(text: string): string {
  let letters = "";
  for (const byte of new TextEncoder().encode(text)) letters += letterOf[byte]!;
  return letters;
}

/** The text behind byte letters; what is no letter of a byte is taken as text, bytes that are no UTF-8 as U+FFFD. */
export function fromByteLetters(letters: string): string {
  const bytes: number[] = [];
  for (const letter of letters) {
    const byte = byteOf.get(letter);
    if (byte === undefined) bytes.push(...new TextEncoder().encode(letter));
    else bytes.push(byte);
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

const SPELLED_BYTE = /^<0x([0-9A-F]{2})>$/;

/**
 * The text of SentencePiece's tokens: `▁` is a space, `<0xE7>` a byte; every byte of a row that is no UTF-8 is U+FFFD.
 * @source https://github.com/huggingface/tokenizers (decoders/byte_fallback)
 */
export function fromSpelledBytes(tokens: readonly string[]): string {
  let text = "";
  let bytes: number[] = [];
  const close = () => {
    text += decodeOrReplace(bytes);
    bytes = [];
  };
  for (const token of tokens) {
    const byte = SPELLED_BYTE.exec(token)?.[1];
    if (byte === undefined) {
      close();
      text += token.replaceAll("\u2581", " ");
    } else bytes.push(Number.parseInt(byte, 16));
  }
  close();
  return text;
}

function decodeOrReplace(bytes: readonly number[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return "\ufffd".repeat(bytes.length);
  }
}
