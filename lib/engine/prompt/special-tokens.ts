import { damaged, isObject, type Json } from "./tokenizer-json";

/** Ids of the tokens that frame a text. */
export interface MarkIds {
  /** Start of text. */
  readonly bos: number;
  /** End of text. */
  readonly eos: number;
  /** Fills what is left after the end: `eos` in SD 1, token 0 in SD 2's OpenCLIP. */
  readonly pad: number;
}

/** A token's name in a tokenizer_config.json: text, or an object with `content`. */
function nameIn(config: unknown, key: string): string | undefined {
  const value = isObject(config) ? config[key] : undefined;
  const name = isObject(value) ? value.content : value;
  return typeof name === "string" ? name : undefined;
}

/** Names that the `post_processor` puts around a text: [start, end]. */
function framedBy(processor: unknown): readonly [string?, string?] {
  if (!isObject(processor)) return [];
  const first = (pair: unknown): string | undefined =>
    Array.isArray(pair) && typeof pair[0] === "string" ? pair[0] : undefined;
  if (processor.type === "RobertaProcessing" || processor.type === "BertProcessing")
    return [first(processor.cls), first(processor.sep)];
  if (processor.type !== "TemplateProcessing" || !Array.isArray(processor.single)) return [];
  const marks = processor.single.flatMap((piece): unknown[] =>
    isObject(piece) && isObject(piece.SpecialToken) ? [piece.SpecialToken.id] : [],
  );
  const [start, end] = [marks[0], marks.at(-1)];
  return marks.length === 2 && typeof start === "string" && typeof end === "string" ? [start, end] : [];
}

/**
 * Start, end and padding: as the configuration names them, else as the post-processor frames a text, else CLIP's.
 * @param idOf id of a token's name, if there is one.
 * @throws EngineError tokenizer_damaged where a name is no token.
 */
export function markIdsFrom(
  json: Json,
  config: unknown,
  idOf: (name: string) => number | undefined,
): MarkIds {
  const mark = (name: string): number => idOf(name) ?? damaged(`${name} is no token of it`);
  const [start, end] = framedBy(json.post_processor);
  const bos = mark(nameIn(config, "bos_token") ?? start ?? "<|startoftext|>");
  const eos = mark(nameIn(config, "eos_token") ?? end ?? "<|endoftext|>");
  const padding = nameIn(config, "pad_token") ?? nameIn(json.padding, "pad_token");
  return { bos, eos, pad: padding === undefined ? eos : mark(padding) };
}
