import { toByteLetters } from "./byte-level";
import { arrayAt, damaged, objectAt, patternFrom } from "./tokenizer-json";

/** A text cut into the words that merges do not cross. */
export type PreTokenize = (text: string) => string[];

/** @source https://github.com/openai/gpt-2 (encoder.py) */
const GPT2_WORDS = {
  Regex: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
};

/** A text cut at every match: matches and what lies between, in order, nothing empty. */
function cut(text: string, pattern: RegExp): { text: string; matched: boolean }[] {
  const pieces: { text: string; matched: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === "") continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), matched: false });
    pieces.push({ text: match[0], matched: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), matched: false });
  return pieces;
}

/**
 * `Removed` drops what the pattern finds (`invert`: what it doesn't); `Isolated` makes words of both;
 * `MergedWithPrevious` ends the word before with it.
 */
function split(pattern: RegExp, behavior: unknown, invert: boolean): PreTokenize {
  if (behavior === "MergedWithPrevious" && !invert)
    return (text) => {
      const words: string[] = [];
      let open = false;
      for (const piece of cut(text, pattern)) {
        if (piece.matched && open) words[words.length - 1] += piece.text;
        else words.push(piece.text);
        open = !piece.matched;
      }
      return words;
    };
  if (behavior === "Isolated") return (text) => cut(text, pattern).map((piece) => piece.text);
  if (behavior === "Removed")
    return (text) =>
      cut(text, pattern)
        .filter((piece) => piece.matched === invert)
        .map((piece) => piece.text);
  return damaged(`split behavior ${String(behavior)} is not understood`);
}

/**
 * The `pre_tokenizer` of a tokenizer.json.
 * @throws EngineError tokenizer_damaged for kinds that CLIP's, SigLIP 2's and byte-level tokenizers don't have.
 * @source https://github.com/huggingface/tokenizers (pre_tokenizers)
 */
export function preTokenizerFrom(json: unknown): PreTokenize {
  if (json === null || json === undefined) return (text) => [text];
  const preTokenizer = objectAt(json, "the pre-tokenizer");
  switch (preTokenizer.type) {
    case "Sequence": {
      const steps = arrayAt(preTokenizer.pretokenizers, "the pre-tokenizer's sequence").map(preTokenizerFrom);
      return (text) => steps.reduce((words, step) => words.flatMap(step), [text]);
    }
    case "Split":
      return split(patternFrom(preTokenizer.pattern), preTokenizer.behavior, preTokenizer.invert === true);
    case "ByteLevel": {
      const prefixed = preTokenizer.add_prefix_space === true;
      const words =
        preTokenizer.use_regex === false
          ? (text: string) => [text]
          : split(patternFrom(GPT2_WORDS), "Isolated", false);
      return (text) => words(prefixed && !text.startsWith(" ") ? ` ${text}` : text).map(toByteLetters);
    }
    case "WhitespaceSplit":
      return split(/\p{White_Space}+/gu, "Removed", false);
    case "Digits":
      return split(preTokenizer.individual_digits === true ? /\p{N}/gu : /\p{N}+/gu, "Isolated", false);
    default:
      return damaged(`pre-tokenizer ${String(preTokenizer.type)} is not of the byte-level or CLIP family`);
  }
}
