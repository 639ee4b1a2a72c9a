import { listOwned } from "../db/pictures";
import { findNearest, readVectors } from "../db/vectors";
import { describePicture, type PictureView } from "../pictures/describe-picture";
import { requirePicture } from "../pictures/require-picture";
import { searchModel } from "./search-model";

/** As many as one looks through for more of the same. */
const COUNT = 60;

/**
 * The owner's pictures that look most like one of theirs, the likest first, itself left out; none where no model has
 * looked at it yet.
 * @throws AppError not_found
 */
export async function findSimilar(
  ownerId: string,
  id: string,
): Promise<{ picture: PictureView; similar: PictureView[] }> {
  const picture = describePicture(await requirePicture(ownerId, id));
  const model = await searchModel(ownerId);
  const vector = model && (await readVectors(ownerId, model.name, [id])).get(id);
  if (!vector) return { picture, similar: [] };
  const near = await findNearest(ownerId, model.name, vector, COUNT + 1);
  const rows = new Map(
    (
      await listOwned(
        ownerId,
        near.map(({ pictureId }) => pictureId),
      )
    ).map((row) => [row.id, row]),
  );
  const others = near.filter(({ pictureId }) => pictureId !== id).slice(0, COUNT);
  return {
    picture,
    similar: others.flatMap(({ pictureId }) => rows.get(pictureId) ?? []).map(describePicture),
  };
}
