import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { EngineError } from "../engine-error";

/** The merges that ship with the project. @see clip-merges.LICENSE */
const SHIPPED = new URL("./clip-merges.txt.gz", import.meta.url);

/**
 * OpenAI's CLIP merges as text, for `standardClipJson`.
 * @param file a gzip of `bpe_simple_vocab_16e6.txt`, where it lies elsewhere.
 * @throws EngineError tokenizer_damaged
 */
export async function readClipMerges(file: string | URL = SHIPPED): Promise<string> {
  try {
    const text = await promisify(gunzip)(await readFile(file), { maxOutputLength: 16 * 2 ** 20 });
    return text.toString("utf8");
  } catch (cause) {
    throw new EngineError(
      "tokenizer_damaged",
      "CLIP's merges can't be read",
      { file: String(file) },
      { cause },
    );
  }
}
