/** The jury: independent readers with four different ways to tell dark from light (see `binarizers.ts`). */
export const DECODERS = ["zxing-local", "zxing-histogram", "zbar", "jsqr"] as const;
export type DecoderName = (typeof DECODERS)[number];
