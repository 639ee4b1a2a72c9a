import { inflateBounded } from "./inflate-bounded";
import { fromLatin1, isLatin1, toLatin1 } from "./latin1";
import { assertCrc, damagedPicture, type PngChunk, pngChunk, pngChunks } from "./png-chunks";

/** Texts in a picture may take this much; more is an attack. */
const MAX_TEXT_BYTES = 2 ** 20;

const TEXT_CHUNKS = ["tEXt", "zTXt", "iTXt"];

const fromUtf8 = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** The text's keyword and what follows its NUL. */
function keywordOf({ type, data }: PngChunk): { keyword: string; rest: Uint8Array } {
  // A keyword has 79 bytes at most.
  const end = data.subarray(0, 80).indexOf(0);
  if (end < 1) damagedPicture(`its ${type} chunk has no keyword`);
  return { keyword: fromLatin1(data.subarray(0, end)), rest: data.subarray(end + 1) };
}

/** Bytes of an international text: compressed or not, then language and translated keyword, then the text. */
async function internationalText(rest: Uint8Array): Promise<string> {
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) damagedPicture("its iTXt chunk is cut off");
  const text = rest.subarray(translated + 1);
  return fromUtf8(rest[0] === 1 ? await inflateBounded(text, MAX_TEXT_BYTES) : text);
}

/**
 * The first text under a keyword, whichever of PNG's three kinds of text it is; null where there is none.
 * @throws EngineError parameters_damaged for a damaged picture, or a text of more than 1 MB.
 * @source https://www.w3.org/TR/png-3/#11textinfo
 */
export async function readPngText(file: Uint8Array, keyword: string): Promise<string | null> {
  for (const chunk of pngChunks(file)) {
    if (!TEXT_CHUNKS.includes(chunk.type)) continue;
    const found = keywordOf(chunk);
    if (found.keyword !== keyword) continue;
    if (chunk.data.length > MAX_TEXT_BYTES) damagedPicture(`its text is longer than ${MAX_TEXT_BYTES} bytes`);
    assertCrc(file, chunk);
    if (chunk.type === "tEXt") return fromLatin1(found.rest);
    if (chunk.type === "iTXt") return internationalText(found.rest);
    return fromLatin1(await inflateBounded(found.rest.subarray(1), MAX_TEXT_BYTES));
  }
  return null;
}

/** tEXt where the text is Latin-1, else iTXt in UTF-8, as A1111 (Pillow) writes it. */
function textChunk(keyword: string, text: string): Uint8Array {
  const latin1 = isLatin1(text);
  const body = latin1 ? toLatin1(text) : new TextEncoder().encode(text);
  // iTXt: not compressed, method 0, no language, no translated keyword.
  const head = toLatin1(latin1 ? `${keyword}\0` : `${keyword}\0\0\0\0\0`);
  const data = new Uint8Array(head.length + body.length);
  data.set(head);
  data.set(body, head.length);
  return pngChunk(latin1 ? "tEXt" : "iTXt", data);
}

/**
 * A PNG with a text under a keyword, behind its header, in place of those it had there; pixels are not touched.
 * @param keyword 1 to 79 Latin-1 letters.
 * @throws EngineError parameters_damaged for a damaged picture.
 */
export function writePngText(file: Uint8Array, keyword: string, text: string): Uint8Array {
  const kept: Uint8Array[] = [];
  let end = 0;
  for (const chunk of pngChunks(file)) {
    end = chunk.end;
    if (TEXT_CHUNKS.includes(chunk.type) && keywordOf(chunk).keyword === keyword) continue;
    kept.push(file.subarray(chunk.start, chunk.end));
  }
  const [header, ...rest] = kept;
  if (header === undefined) damagedPicture("it has no header");
  const parts = [file.subarray(0, 8), header, textChunk(keyword, text), ...rest, file.subarray(end)];
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
