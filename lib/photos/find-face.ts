import type { Picture } from "../engine/picture";
import { infer } from "../inference/client";
import { findModel } from "../inference/model-files";
import type { Box } from "./photo-crop";

/** The one that ships: see models/detectors/README.md. */
const DETECTOR = "tiny-face";

/** The face that a picture is about: large and sure; null where none is found. */
export async function findFace(picture: Picture, signal: AbortSignal): Promise<Box | null> {
  const model = await findModel(DETECTOR, "detector");
  const { faces } = await infer("detect-faces", { model, picture }, { signal });
  const worth = (face: (typeof faces)[number]) => face.score * Math.sqrt(face.width * face.height);
  return [...faces].sort((a, b) => worth(b) - worth(a))[0] ?? null;
}
