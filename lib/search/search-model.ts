import { countSeen } from "../db/vectors";
import { type ClipModel, clipNamed, currentClip } from "./clip-model";

/**
 * The model that an owner's pictures are searched with: of those that are installed the one that has seen the most of
 * them, so that search goes on with the old one while a new one is still looking.
 * @returns null where no model has seen any.
 */
export async function searchModel(ownerId: string): Promise<(ClipModel & { seen: number }) | null> {
  const current = await currentClip();
  const known = await countSeen(ownerId);
  const most = known[0]?.count ?? 0;
  const own = known.find(({ model }) => model === current?.name);
  if (current && own && own.count === most) return { ...current, seen: own.count };
  for (const { model, count } of known) {
    if (count === 0) break;
    const installed = model === current?.name ? current : await clipNamed(model);
    if (installed) return { ...installed, seen: count };
  }
  return null;
}
