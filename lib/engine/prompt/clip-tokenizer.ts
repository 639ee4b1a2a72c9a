import { BYTE_LETTERS } from "./byte-level";
import type { Json } from "./tokenizer-json";

const START = "<|startoftext|>";
const END = "<|endoftext|>";
/** How many of the file's merges CLIP uses: with 2 · 256 bytes and two marks they are its 49408 tokens. */
const USED_MERGES = 49152 - 256 - 2;

/** How CLIP cuts a text into words. @source https://github.com/openai/CLIP (simple_tokenizer.py) */
const CLIP_WORDS = String.raw`<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

/**
 * What `vocab.json` and `merges.txt` leave unsaid about CLIP's tokenizer, in the form of a tokenizer.json.
 * @param merges "a b" each, the most frequent first.
 * @source https://github.com/huggingface/transformers (models/clip/tokenization_clip.py)
 */
export function clipTokenizerJson(vocab: Json, merges: readonly string[]): Json {
  const mark = (content: string): Json => ({ id: vocab[content], content, special: true });
  return {
    added_tokens: [START, END].filter((content) => content in vocab).map(mark),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: String.raw`\s+` }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: CLIP_WORDS }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, use_regex: true },
      ],
    },
    model: { type: "BPE", vocab, merges, unk_token: END, end_of_word_suffix: "</w>" },
  };
}

/**
 * The tokenizer that OpenAI's CLIP, and so every SD 1 and SD 2 checkpoint, was trained with: 49408 tokens.
 * Single-file checkpoints carry none. For `tokenizerFrom({ tokenizer: …, config: … })`.
 * @param mergesText `bpe_simple_vocab_16e6.txt`: see `readClipMerges`.
 */
export function standardClipJson(mergesText: string): Json {
  // The first line is the file's version.
  const merges = mergesText.split("\n").slice(1, 1 + USED_MERGES);
  const tokens = [
    ...BYTE_LETTERS,
    ...BYTE_LETTERS.map((letter) => `${letter}</w>`),
    ...merges.map((merge) => merge.replace(" ", "")),
    START,
    END,
  ];
  return clipTokenizerJson(Object.fromEntries(tokens.map((token, id) => [token, id])), merges);
}
