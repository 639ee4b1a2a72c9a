import { findPull } from "../db/model-pulls";
import { AppError } from "../errors";
import { describePull, type PullView } from "./describe-pull";

/** One pull, also when it is over; for operators alone. @throws AppError not_found */
export async function showPull(id: string): Promise<PullView> {
  const row = await findPull(id);
  if (!row) throw new AppError("not_found");
  return describePull(row);
}
