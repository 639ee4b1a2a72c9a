import { findUnfinishedPull, insertPull, movePull } from "../db/model-pulls";
import { AppError } from "../errors";
import { jobEvents } from "../jobs/job-events";
import { describePull, type PullView } from "./describe-pull";
import { formatSource } from "./sources/model-source";
import { parseSource } from "./sources/parse-source";

/**
 * Asks for a model to be fetched in the background; for operators alone. Asked again it is the same pull, and one that
 * rested or failed goes on.
 * @param said a name of the catalogue, "hf:…", "civitai:…" or the address of a page of either host
 * @throws AppError model_source_unclear
 */
export async function requestPull(said: string): Promise<PullView> {
  const { source, entry } = parseSource(said);
  const name = entry?.id ?? formatSource(source);
  const row = (await insertPull(name)) ?? (await findUnfinishedPull(name));
  if (!row) throw new AppError("not_found");
  if (await movePull(row.id, ["paused", "failed"], WAITING)) row.state = "queued";
  jobEvents().emit("pull");
  return describePull(row);
}

/** What a pull is that is to be gone on with. */
export const WAITING = { state: "queued", errorCode: null } as const;
