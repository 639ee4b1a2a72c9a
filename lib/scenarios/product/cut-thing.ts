import type { Picture } from "@/lib/engine/picture";
import { AppError } from "@/lib/errors";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { CutThing } from "./thing-of";

/** @throws AppError thing_not_found where nothing stands out from the photo's background. */
export async function cutThing(photo: Picture, signal: AbortSignal): Promise<CutThing> {
  const thing = await runOnCpu<CutThing | null>("cut-thing", photo, { signal });
  if (!thing) throw new AppError("thing_not_found");
  return thing;
}
