import { listUnfinishedPulls } from "../db/model-pulls";
import { describePull, type PullView } from "./describe-pull";

/** What is being fetched, waits, rests or failed, in the order in which it was asked for; for operators alone. */
export const listPulls = async (): Promise<PullView[]> => (await listUnfinishedPulls()).map(describePull);
