import { type Ecc, sizeOfVersion } from "../encode/code";
import { chooseVersion, layMessage, needsEci } from "../encode/encode";
import { type Fitted, fitCode } from "../freedom/fit-code";
import type { Level } from "../jury/levels";
import type { Raster } from "../raster";
import { gridOf } from "../weave/grid";
import { wishesOf } from "./wishes";

/** What the person fixed; "auto" leaves it to the picture. */
export interface CodeChoice {
  readonly version: number | "auto";
  readonly ecc: Ecc | "auto";
}

/**
 * Up to version 6 there is one alignment pattern, away from the middle; from 7 on a whole grid of them shows. Longer
 * texts may take two versions more than they need.
 */
const BEST_VERSION = 6;
const SPARE_VERSIONS = 2;
/** The finest modules that still stand the jury's quarter-size scene. */
const LEAST_AUTO_MODULE_PX = 13;
/** L leaves too little correction to survive distortion, H too few free bits to be worth it; both can be asked for. */
const AUTO_ECC: readonly Ecc[] = ["M", "Q"];
/** Pixels that a mark's edge costs around it, and a mark's typical part of a module, both seen in trials. */
const HALO_PX = 8;
const TYPICAL_MARK = 0.4;

export interface FittedCode extends Fitted {
  /** Share of the symbol's area that is expected to look changed, 0 … 1: what the candidates are ranked by. */
  readonly expectedChange: number;
}

/**
 * Fits the text to the picture at every version and level that comes into question, best first.
 * @param nominalPx canvas side at which module sizes are judged.
 * @param rank      see `FitOptions`.
 * @throws QrError text_empty · text_too_long · text_not_encodable
 */
export function fitCandidates(
  text: string,
  picture: Raster,
  level: Level,
  choice: CodeChoice,
  nominalPx: number,
  rank = 0,
): FittedCode[] {
  const eci = needsEci(text);
  const smallest = chooseVersion(text, { version: choice.version, ecc: choice.ecc, eci });
  const versions = choice.version === "auto" ? versionsFrom(smallest.version, nominalPx) : [choice.version];
  const candidates: FittedCode[] = [];
  for (const version of versions) {
    const wishes = wishesOf(picture, sizeOfVersion(version), level);
    for (const ecc of choice.ecc === "auto" ? AUTO_ECC : [choice.ecc]) {
      if (!fits(text, version, ecc)) continue;
      const fitted = fitCode(layMessage(text, version, ecc, { eci }), wishes, { rank });
      candidates.push({ ...fitted, expectedChange: expectedChange(fitted, nominalPx) });
    }
  }
  // The smallest version may hold the text at L alone.
  if (candidates.length === 0) {
    const wishes = wishesOf(picture, sizeOfVersion(smallest.version), level);
    const fitted = fitCode(layMessage(text, smallest.version, smallest.ecc, { eci }), wishes, { rank });
    candidates.push({ ...fitted, expectedChange: expectedChange(fitted, nominalPx) });
  }
  return candidates.sort((a, b) => a.expectedChange - b.expectedChange);
}

function versionsFrom(smallest: number, nominalPx: number): number[] {
  const largest = Math.min(40, Math.max(BEST_VERSION, smallest + SPARE_VERSIONS));
  const versions = Array.from({ length: largest - smallest + 1 }, (_, i) => smallest + i);
  return versions.filter((v, i) => i === 0 || gridOf(v, nominalPx).modulePx >= LEAST_AUTO_MODULE_PX);
}

function fits(text: string, version: number, ecc: Ecc): boolean {
  try {
    layMessage(text, version, ecc, { eci: needsEci(text) });
    return true;
  } catch {
    return false;
  }
}

/** Function patterns look changed throughout, a marked data module as far as its mark and the mark's edge reach. */
function expectedChange({ code, cost }: Fitted, nominalPx: number): number {
  const { modulePx } = gridOf(code.version, nominalPx);
  const reach = Math.min(1, ((TYPICAL_MARK * modulePx + HALO_PX) / modulePx) ** 2);
  const functionModules = code.roles.reduce((n, role) => n + (role === 0 || role === 7 ? 0 : 1), 0);
  return (functionModules + cost * reach) / code.modules.length;
}
