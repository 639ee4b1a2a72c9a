import type { Picture } from "../engine/picture";
import type { Ecc } from "../qr/encode/code";
import { chooseVersion, needsEci } from "../qr/encode/encode";
import { fitCandidates } from "../qr/make/choose-code";
import { NOMINAL_PX } from "../qr/make/photo";
import { resize } from "../qr/picture/resize";
import type { CodeOptions } from "./code.input";
import { toRaster } from "./to-raster";

export interface FitRequest {
  readonly text: string;
  readonly level: CodeOptions["level"];
  /** What the code will be drawn into. */
  readonly picture: Picture;
}

/** A code that suits a drawing. */
export interface DrawnFor {
  readonly version: number;
  readonly ecc: Ecc;
  /** Modules a side. */
  readonly size: number;
  /** 1 is dark, row by row. */
  readonly modules: Uint8Array;
  /** A `Role` a module, row by row. */
  readonly roles: Uint8Array;
  /** Padding bits that were chosen for the picture. */
  readonly freeBits: number;
}

/** What a drawing can be made to follow is coarse: the code has few, large modules, and one size of freedom. */
const SPARE_VERSIONS = 1;

/** The version that a text gets where it is to be drawn. @throws QrError text_too_long */
export function artVersion(text: string): number {
  const eci = needsEci(text);
  const { version } = chooseVersion(text, { version: "auto", ecc: "M", eci });
  return Math.min(40, version + SPARE_VERSIONS);
}

/**
 * Chooses the code's free bits to suit a drawing, at the version that drawings can follow. Heavy: for a thread.
 * @throws QrError text_too_long
 */
export async function fitDrawing({ text, level, picture }: FitRequest): Promise<DrawnFor> {
  const wide = resize(toRaster(picture), NOMINAL_PX, NOMINAL_PX);
  const choice = { version: artVersion(text), ecc: "M" } as const;
  const [{ code, freeBits } = never()] = fitCandidates(text, wide, level, choice, NOMINAL_PX);
  const { version, ecc, size, modules, roles } = code;
  return { version, ecc, size, modules: Uint8Array.from(modules), roles: Uint8Array.from(roles), freeBits };
}

function never(): never {
  throw new Error("no candidate");
}
