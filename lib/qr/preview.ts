import { rasterize } from "./drawing/rasterize";
import type { Ecc } from "./encode/code";
import { chooseVersion, encode, layMessage, needsEci } from "./encode/encode";
import { fitCode } from "./freedom/fit-code";
import type { Level } from "./jury/levels";
import { DRAWN } from "./looks/draw-look";
import type { LookName, LookOptions } from "./looks/look";
import { PhotoDraft } from "./make/photo";
import { wishesOf } from "./make/wishes";
import { paletteOf } from "./picture/palette";
import { resize } from "./picture/resize";
import { QrError } from "./qr-error";
import type { Raster } from "./raster";
import { gridOf } from "./weave/grid";

export interface PreviewRequest {
  readonly text: string;
  /** Square; null only for `classic`. */
  readonly picture: Raster | null;
  readonly look: LookName;
  readonly level?: Level;
  readonly version: number | "auto";
  readonly ecc: Ecc | "auto";
  readonly seed: number;
  readonly colours: LookOptions["colours"];
  readonly cornerRadius?: number;
  readonly logo?: boolean;
  readonly sizePx: number;
}

/** The version that most pictures end up with at full size, where the text leaves the choice. */
const USUAL_VERSION = 6;
/** What most drawn codes end up with. */
const USUAL_STRENGTH = 0.1;

/**
 * What a code will look like, fast and small: one version, one level, solved on the small canvas, judged by nobody.
 * Synchronous and pure, so that it runs in a browser's worker as the hand moves.
 * @throws QrError as `fitCandidates` does; option_invalid for a look that lacks its picture.
 */
export function previewCode(request: PreviewRequest): Raster {
  const { text, picture, look, level = "balanced", sizePx } = request;
  const options = { cornerRadius: 0.5, logo: false, ...request };
  const eci = needsEci(text);
  if (picture === null) {
    if (look !== "classic")
      throw new QrError("option_invalid", `the look ${look} needs a picture`, { option: "picture" });
    const code = encode(text, { version: request.version, ecc: request.ecc, eci });
    return rasterize(DRAWN.classic(code, null, options, 0), gridOf(code.version, sizePx));
  }
  const { version, ecc } = usualVersion(text, request, eci);
  const grid = gridOf(version, sizePx);
  const small = resize(picture, grid.codePx, grid.codePx);
  const { code } = fitCode(layMessage(text, version, ecc, { eci }), wishesOf(small, grid.modules, level), {
    rank: Math.max(request.seed, 1) - 1,
  });
  if (look === "photo")
    return new PhotoDraft(code, small, small, paletteOf(small), level, sizePx, sizePx).render();
  return rasterize(DRAWN[look](code, small, options, look === "classic" ? 0 : USUAL_STRENGTH), grid);
}

/** M where the text leaves room for it, at the usual version or the least that holds it. */
function usualVersion(text: string, choice: Pick<PreviewRequest, "version" | "ecc">, eci: boolean) {
  const { version } = choice;
  for (const ecc of choice.ecc === "auto" ? (["M", "L"] as const) : [choice.ecc]) {
    try {
      const least = chooseVersion(text, { version, ecc, eci });
      return { version: version === "auto" ? Math.max(least.version, USUAL_VERSION) : version, ecc };
    } catch (error) {
      if (ecc !== "M" || choice.ecc !== "auto") throw error;
    }
  }
  throw new QrError("text_too_long", "no level holds the text");
}
