import { countSeen } from "../db/vectors";
import { type ClipModel, clipNamed, currentClip } from "./clip-model";

/**
 * The model that an owner's pictures are searched with: of those that are installed the one that has seen the most of
 * them, so that search goes on with the old one while a new one is still looking; the current one where none has seen any.
 * @returns null where none is installed.
 */
export async function searchModel(ownerId: string): Promise<ClipModel | null> {
  const current = await currentClip();
  const seenBy = await countSeen(ownerId);
  const own = seenBy.find(({ model }) => model === current?.name)?.count ?? 0;
  for (const { model, count } of seenBy) {
    if (count <= own) break;
    const installed = await clipNamed(model);
    if (installed) return installed;
  }
  return current;
}
