// The platform's "iso-8859-1" is Windows-1252; PNG means the real one, where a byte is its code point.

/** Bytes as text, each its own code point. */
export function fromLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** Whether a text can be Latin-1 in a PNG, where NUL ends a text. */
export function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0 || code > 0xff) return false;
  }
  return true;
}

/** Text as bytes; for text whose code points are below 256. */
export const toLatin1 = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
