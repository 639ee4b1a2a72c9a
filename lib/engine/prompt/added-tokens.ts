import { arrayAt, damaged, idAt, literalPattern, objectAt, stringAt } from "./tokenizer-json";

/** A token found in the text as it stands, before words are merged: `<|endoftext|>` and the like. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Marks structure, not text: left out when decoding. */
  readonly special: boolean;
  /** Looked for in the normalized text rather than in the raw one. */
  readonly normalized: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

/** The `added_tokens` of a tokenizer.json. @throws EngineError tokenizer_damaged */
export function addedTokensFrom(json: unknown): AddedToken[] {
  if (json === null || json === undefined) return [];
  return arrayAt(json, "the list of added tokens").map((entry) => {
    const token = objectAt(entry, "an added token");
    const content = stringAt(token.content, "an added token's content");
    if (content === "") damaged("an added token is empty");
    if (token.single_word === true) damaged(`added token ${content} wants whole words`);
    return {
      id: idAt(token.id, `added token ${content}`),
      content,
      special: token.special === true,
      normalized: token.normalized === true,
      lstrip: token.lstrip === true,
      rstrip: token.rstrip === true,
    };
  });
}

/** Cuts a text at the added tokens: ids where one stands, text between. The leftmost, then the longest is taken. */
export function splitAtTokens(tokens: readonly AddedToken[]): (text: string) => (string | number)[] {
  if (tokens.length === 0) return (text) => (text === "" ? [] : [text]);
  const longestFirst = [...tokens].sort((a, b) => b.content.length - a.content.length);
  const pattern = new RegExp(
    longestFirst
      .map((token) => {
        const before = token.lstrip ? "\\p{White_Space}*" : "";
        const after = token.rstrip ? "\\p{White_Space}*" : "";
        return `${before}(${literalPattern(token.content)})${after}`;
      })
      .join("|"),
    "gu",
  );
  return (text) => {
    const pieces: (string | number)[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      if (match.index > end) pieces.push(text.slice(end, match.index));
      pieces.push(longestFirst[match.slice(1).findIndex((group) => group !== undefined)]!.id);
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  };
}
