import { addedTokensFrom, splitAtTokens } from "./added-tokens";
import { fromByteLetters, fromSpelledBytes } from "./byte-level";
import { bytePairModelFrom } from "./byte-pair-model";
import { clipTokenizerJson } from "./clip-tokenizer";
import { normalizerFrom } from "./normalize-text";
import { preTokenizerFrom } from "./pre-tokenize";
import { type MarkIds, markIdsFrom } from "./special-tokens";
import { damaged, objectAt } from "./tokenizer-json";

/** Text ↔ token ids of a text encoder. */
export interface Tokenizer extends MarkIds {
  /** Ids of a text, as many as it takes, without start and end. Never throws. */
  encode(text: string): number[];
  /** The text of ids; special tokens and unknown ids are left out. */
  decode(ids: readonly number[]): string;
  /** Rows of the token embedding: the greatest id + 1. */
  readonly vocabularySize: number;
}

/** Parsed contents of a model folder's `tokenizer/`: `tokenizer.json`, or else `vocab.json` with `merges.txt`. */
export interface TokenizerContents {
  /** tokenizer.json */
  readonly tokenizer?: unknown;
  /** vocab.json */
  readonly vocab?: unknown;
  /** merges.txt */
  readonly merges?: string;
  /** tokenizer_config.json, else special_tokens_map.json: names of the start, end and padding tokens. */
  readonly config?: unknown;
}

/**
 * A byte-pair tokenizer as its files say: CLIP's (`</w>` ends a word), SigLIP 2's (SentencePiece's spaces and bytes) or
 * plain byte-level, of any vocabulary.
 * @throws EngineError tokenizer_damaged, also for tokenizers of other families.
 * @source https://github.com/huggingface/tokenizers · @golden tests/golden/tokenizer, equal ids
 */
export function tokenizerFrom(files: TokenizerContents): Tokenizer {
  const json = objectAt(files.tokenizer ?? clipJsonFrom(files), "tokenizer.json");
  const normalize = normalizerFrom(json.normalizer);
  const preTokenize = preTokenizerFrom(json.pre_tokenizer);
  const model = bytePairModelFrom(json.model);
  const added = addedTokensFrom(json.added_tokens);
  const addedById = new Map(added.map((token) => [token.id, token]));
  const splitRaw = splitAtTokens(added.filter((token) => !token.normalized));
  const splitNormalized = splitAtTokens(
    added
      .filter((token) => token.normalized)
      .map((token) => ({ ...token, content: normalize(token.content) }))
      .filter((token) => token.content !== ""),
  );

  const encodeText = (text: string): number[] =>
    splitNormalized(normalize(text)).flatMap((piece) =>
      typeof piece === "number" ? [piece] : preTokenize(piece).flatMap(model.encodeWord),
    );

  const decode = (ids: readonly number[]): string => {
    const letters = ids.map((id) => {
      const token = addedById.get(id);
      if (token !== undefined) return token.special ? "" : token.content;
      return model.lettersOf(id) ?? "";
    });
    if (model.spellsBytes) return fromSpelledBytes(letters);
    const text = fromByteLetters(letters.join(""));
    // Every word of CLIP's ends in its suffix, which becomes the space between words.
    return model.wordSuffix === "" ? text : text.replaceAll(model.wordSuffix, " ").trim();
  };

  return {
    encode: (text) =>
      splitRaw(text).flatMap((piece) => (typeof piece === "number" ? [piece] : encodeText(piece))),
    decode,
    vocabularySize: added.reduce((size, { id }) => Math.max(size, id + 1), model.size),
    ...markIdsFrom(json, files.config, (name) => {
      const token = added.find(({ content }) => content === name);
      return token?.id ?? model.idOf(name);
    }),
  };
}

function clipJsonFrom({ vocab, merges }: TokenizerContents): unknown {
  if (vocab === undefined || merges === undefined)
    damaged("neither tokenizer.json nor vocab.json with merges.txt is there");
  const lines = merges
    .split(/\r?\n/)
    .filter((line, i) => line !== "" && !(i === 0 && line.startsWith("#version")));
  return clipTokenizerJson(objectAt(vocab, "vocab.json"), lines);
}
