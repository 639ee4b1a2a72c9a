import type { MadeCode } from "@/lib/qr/make/make-code";
import type { CodeOptions } from "./code.input";

/** What was made and how it was judged: kept beside the picture, and printed by `--json`. */
export type CodeReport = ReturnType<typeof reportOf>;

/** @param times of the whole job, decoding and encoding included; the engine's own are in `made`. */
export function reportOf(made: MadeCode, input: CodeOptions, times: { prepareMs: number; totalMs: number }) {
  const { code, verdict } = made;
  return {
    text: input.text,
    look: input.look,
    level: input.level,
    version: code.version,
    ecc: code.ecc,
    mask: code.mask,
    /** Padding bits that were chosen for the picture. */
    freeBits: made.freeBits,
    strength: made.strength,
    size: made.raster.width,
    jury: verdict,
    fidelity: made.fidelity,
    timesMs: {
      prepare: Math.round(times.prepareMs),
      fit: Math.round(made.timesMs.fit),
      draw: Math.round(made.timesMs.draw),
      jury: Math.round(made.timesMs.jury),
      total: Math.round(times.totalMs),
    },
  };
}
