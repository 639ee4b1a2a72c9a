/** Of a tag that someone types. */
export const MAX_TAG_CHARS = 60;
/** On one picture. */
export const MAX_TAGS = 60;
