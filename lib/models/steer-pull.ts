import type { ModelPull } from "../db/client";
import { findPull, movePull } from "../db/model-pulls";
import { AppError } from "../errors";
import { jobEvents } from "../jobs/job-events";
import { describePull, type PullView } from "./describe-pull";
import { forgetLeftovers } from "./forget-leftovers";
import { WAITING } from "./request-pull";

/** What can be done with a pull. */
export type PullAct = "pause" | "resume" | "cancel";

const FROM: Readonly<Record<PullAct, readonly ModelPull["state"][]>> = {
  pause: ["queued", "running"],
  resume: ["paused", "failed"],
  cancel: ["queued", "running", "paused", "failed"],
};
const TO = { pause: { state: "paused" }, resume: WAITING, cancel: { state: "cancelled" } } as const;

/**
 * Lets a pull rest, go on, or end with nothing left of it; for operators alone. One that is past that stays as it is.
 * @throws AppError not_found
 */
export async function steerPull(id: string, act: PullAct): Promise<PullView> {
  const before = await findPull(id);
  if (!before) throw new AppError("not_found");
  const isMoved = await movePull(id, FROM[act], TO[act]);
  // Whoever fetches it hears of it, and throws away what it has itself.
  jobEvents().emit("pull");
  jobEvents().emit(`pull:${id}`);
  if (isMoved && act === "cancel" && before.state !== "running") await forgetLeftovers(before.source);
  const after = await findPull(id);
  if (!after) throw new AppError("not_found");
  return describePull(after);
}
