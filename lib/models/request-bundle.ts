import { AppError } from "../errors";
import { findBundle } from "./catalogue";
import type { PullView } from "./describe-pull";
import { listShared } from "./list-models";
import { MODEL_KINDS } from "./model-kinds";
import { requestPull } from "./request-pull";

/**
 * Asks for what is not here yet of a bundle to be fetched in the background; for operators alone.
 * @returns a pull for each of these, in the bundle's order.
 * @throws AppError not_found where there is no bundle of that id
 */
export async function requestBundle(id: string): Promise<PullView[]> {
  const bundle = findBundle(id);
  if (!bundle) throw new AppError("not_found");
  const here = new Set((await listShared(MODEL_KINDS)).map(({ catalogueId }) => catalogueId));
  const pulls: PullView[] = [];
  for (const model of bundle.models) if (!here.has(model)) pulls.push(await requestPull(model));
  return pulls;
}
