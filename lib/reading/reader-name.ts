import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { languageFile, READ_LANGUAGES, tesseractFile } from "./tesseract-files";

/** Raised when rows are found, made ready or judged in another way. */
const RECIPE = 1;

let known: Promise<string> | undefined;

/** What pictures are read by, "tesseract@0f3c…": another program, other weights or another recipe is another name. */
export function readerName(): Promise<string> {
  known ??= name();
  known.catch(() => {
    known = undefined;
  });
  return known;
}

async function name(): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([RECIPE, READ_LANGUAGES]));
  for (const file of [tesseractFile(), ...READ_LANGUAGES.map(languageFile)])
    hash.update(await readFile(file));
  return `tesseract@${hash.digest("hex").slice(0, 12)}`;
}
