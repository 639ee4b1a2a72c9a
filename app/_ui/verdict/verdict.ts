import { z } from "zod";
import { ECC_LEVELS } from "@/lib/qr/encode/code";
import { DECODERS, type DecoderName } from "@/lib/qr/jury/decoder-names";
import { LEVELS } from "@/lib/qr/jury/levels";

const share = z.object({ read: z.number(), of: z.number() });

/** What the page needs of a stored verdict; whatever else stands in it is left alone. */
const storedVerdict = z.object({
  cells: z.array(
    z.object({
      decoder: z.enum(DECODERS),
      scene: z.string(),
      read: z.boolean(),
      unusedEcc: z.number().nullable(),
    }),
  ),
  byDecoder: z.record(z.enum(DECODERS), share),
  leastUnusedEcc: z.number().nullable(),
  score: z.number(),
});
export type StoredVerdict = z.infer<typeof storedVerdict>;

/** How the code was drawn, as far as the stored record tells. */
const storedCode = z
  .object({
    version: z.number().int().min(1).max(40),
    ecc: z.enum(ECC_LEVELS),
    level: z.enum(LEVELS),
  })
  .partial();
export type StoredCode = z.infer<typeof storedCode>;

/** A verdict from a picture's row, or null when there is none that this version understands. */
export function readVerdict(stored: unknown): StoredVerdict | null {
  for (const candidate of [stored, (stored as { jury?: unknown } | null)?.jury]) {
    const parsed = storedVerdict.safeParse(candidate);
    if (parsed.success) return parsed.data;
  }
  return null;
}

export function readCode(stored: unknown): StoredCode {
  const parsed = storedCode.safeParse(stored);
  return parsed.success ? parsed.data : {};
}

/** The scenes of a verdict in the order in which they were judged, each with its cell per decoder. */
export function byScene(verdict: StoredVerdict) {
  const scenes = new Map<string, Partial<Record<DecoderName, StoredVerdict["cells"][number]>>>();
  for (const cell of verdict.cells) {
    const row = scenes.get(cell.scene) ?? {};
    row[cell.decoder] = cell;
    scenes.set(cell.scene, row);
  }
  return [...scenes].map(([scene, cells]) => ({ scene, cells }));
}
