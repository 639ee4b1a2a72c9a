import { MAX_TAG_CHARS } from "../search/tag-limits";

/** Of a word's name: it is a tag. */
export const MAX_WORD_CHARS = MAX_TAG_CHARS;
/** Of one wording. */
export const MAX_WORDING_CHARS = 80;
/** Of one word. */
export const MAX_WORDINGS = 8;
/** Of words that an owner adds: each is held against each of their pictures. */
export const MAX_OWN_WORDS = 300;
/** How sure a model must be, the surest first. */
export const CARES = ["sure", "balanced", "generous"] as const;
