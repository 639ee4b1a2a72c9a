import { listFingerprints, listOwned } from "../db/pictures";
import { describePicture, type PictureView } from "./describe-picture";
import { groupAlike } from "./group-alike";

/** As many as one wants to tidy up at a time. */
const MOST_GROUPS = 60;

/**
 * Groups of the owner's uploads that are nearly the same: copies of other sizes, saved again, or taken one right after the
 * other. In each the one with the most pixels comes first.
 */
export async function listAlike(ownerId: string): Promise<PictureView[][]> {
  const groups = groupAlike(await listFingerprints(ownerId)).slice(0, MOST_GROUPS);
  const rows = await listOwned(
    ownerId,
    groups.flat().map(({ id }) => id),
  );
  const known = new Map(rows.map((row) => [row.id, describePicture(row)]));
  return groups
    .map((group) => group.flatMap(({ id }) => known.get(id) ?? []).sort((a, b) => sizeOf(b) - sizeOf(a)))
    .filter(({ length }) => length > 1);
}

const sizeOf = ({ width, height, sizeBytes }: PictureView): number => width * height + sizeBytes / 1e12;
