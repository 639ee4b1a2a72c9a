/** What of a photo can be held while it is drawn: its lines, its outlines softly, or where it is light and dark. */
export const PHOTO_TRAITS = ["lines", "edges", "light"] as const;
export type PhotoTrait = (typeof PHOTO_TRAITS)[number];
