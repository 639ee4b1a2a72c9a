/** What someone typed to find pictures. */
export interface SearchWords {
  /** What is to be in them; empty where only exclusions were typed. */
  readonly wanted: string;
  /** What is not to be in them, each on its own. */
  readonly unwanted: readonly string[];
}

/** A minus of any keyboard and what follows it, in quotation marks or up to the next space; or a word; or a quotation. */
const PART = /([-−–－]?)(?:"([^"]*)"|“([^”]*)”|「([^」]*)」|(\S+))/gu;
const LONE_MINUS = /^[-−–－]+$/u;

/** `beach -people -"red car"` → beach, without people and without red cars. A minus within a word is part of it. */
export function parseWords(text: string): SearchWords {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const [whole, minus, ...bodies] of text.matchAll(PART)) {
    const body = bodies
      .find((each) => each !== undefined)!
      .trim()
      .replace(/\s+/g, " ");
    if (body === "" || LONE_MINUS.test(whole)) continue;
    (minus ? unwanted : wanted).push(body);
  }
  return { wanted: wanted.join(" "), unwanted };
}
