import { z } from "zod";

/** What is known of a code that was drawn from words, besides its verdict. */
const storedReport = z.object({
  /** Who read the drawing before anything was woven into it. */
  before: z.object({
    readers: z.number(),
    of: z.number(),
    /** The whole jury's; older codes have none. */
    jury: z.object({ score: z.number(), read: z.number(), of: z.number() }).optional(),
  }),
  jury: z.object({ score: z.number() }),
  /** How alike drawing and code are, 0 … 1. */
  fidelity: z.object({ ssim: z.number() }).nullish(),
});
export type ArtReport = z.infer<typeof storedReport>;

/** From a picture's stored verdict; null for codes that were not drawn from words. */
export const readArtReport = (stored: unknown): ArtReport | null =>
  storedReport.safeParse(stored).data ?? null;
