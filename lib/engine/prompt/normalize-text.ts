import { arrayAt, damaged, objectAt, patternFrom, stringAt } from "./tokenizer-json";

export type Normalize = (text: string) => string;

/** One letter at a time, without regard to its neighbours (no final sigma), as the reference does it. */
export function lowerCase(text: string): string {
  let lower = "";
  for (const letter of text) lower += letter.toLowerCase();
  return lower;
}

/**
 * The `normalizer` of a tokenizer.json.
 * @throws EngineError tokenizer_damaged for kinds that byte-level and CLIP tokenizers don't have.
 * @source https://github.com/huggingface/tokenizers (normalizers)
 */
export function normalizerFrom(json: unknown): Normalize {
  if (json === null || json === undefined) return (text) => text;
  const normalizer = objectAt(json, "the normalizer");
  const type = normalizer.type;
  switch (type) {
    case "Sequence": {
      const steps = arrayAt(normalizer.normalizers, "the normalizer's sequence").map(normalizerFrom);
      return (text) => steps.reduce((result, step) => step(result), text);
    }
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return (text) => text.normalize(type);
    case "Lowercase":
      return lowerCase;
    case "StripAccents":
      return (text) => text.replace(/\p{Mn}/gu, "");
    case "Strip": {
      const left = normalizer.strip_left === true ? /^\p{White_Space}+/u : null;
      const right = normalizer.strip_right === true ? /\p{White_Space}+$/u : null;
      return (text) => {
        const rest = left === null ? text : text.replace(left, "");
        return right === null ? rest : rest.replace(right, "");
      };
    }
    case "Replace": {
      const pattern = patternFrom(normalizer.pattern);
      const content = stringAt(normalizer.content, "a replacement");
      return (text) => text.replace(pattern, () => content);
    }
    default:
      return damaged(`normalizer ${String(type)} is not of the byte-level or CLIP family`);
  }
}
