import { readFile } from "node:fs/promises";
import { EngineError } from "../engine-error";
import { standardClipJson } from "./clip-tokenizer";
import { readClipMerges } from "./read-clip-merges";
import { type Tokenizer, tokenizerFrom } from "./tokenizer";

/** Where a tokenizer's files lie; null for those that are not there. */
export interface TokenizerPaths {
  readonly tokenizerJson: string | null;
  readonly vocab: string | null;
  readonly merges: string | null;
  /** Parsed tokenizer_config.json. */
  readonly config?: unknown;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new EngineError("tokenizer_damaged", `${file} can't be read`, { file }, { cause });
  }
}

async function readJson(file: string | null): Promise<unknown> {
  if (file === null) return undefined;
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EngineError("tokenizer_damaged", `${file} is no JSON`, { file }, { cause });
  }
}

/**
 * The tokenizer of a model folder. `tokenizer.json` is preferred: it says the most.
 * @throws EngineError tokenizer_damaged
 */
export async function openTokenizer({
  tokenizerJson,
  vocab,
  merges,
  config,
}: TokenizerPaths): Promise<Tokenizer> {
  if (tokenizerJson !== null) return tokenizerFrom({ tokenizer: await readJson(tokenizerJson), config });
  const text = merges === null ? undefined : await readText(merges);
  return tokenizerFrom({ vocab: await readJson(vocab), merges: text, config });
}

/**
 * CLIP's own tokenizer, for checkpoints that carry none: 49408 tokens.
 * @param padding what fills a chunk: `eos` in SD 1 (and SDXL's first encoder), `zero` in OpenCLIP: SD 2, SDXL's second.
 * @param merges the merges' file, where it does not lie beside this module.
 * @throws EngineError tokenizer_damaged where the merges can't be read.
 */
export async function openStandardTokenizer(
  padding: "eos" | "zero",
  merges?: string | URL,
): Promise<Tokenizer> {
  // "!" is token 0.
  const config = padding === "zero" ? { pad_token: "!" } : undefined;
  return tokenizerFrom({ tokenizer: standardClipJson(await readClipMerges(merges)), config });
}
