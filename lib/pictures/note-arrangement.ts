import type { RecordAct } from "../db/acts";
import { everyAlbum, everySaid, noteAlbum, noteSaid, type Place, placesIn } from "../db/arrangement";
import type { ManifestAlbum, Recorded } from "../storage/replay-manifest";

/**
 * Writes down the albums and owners' tags that the database has and the record does not, or not so: from before they were
 * recorded, or of an act whose line was written and whose row was not.
 * @returns how many albums and tags.
 */
export async function noteArrangement({ albums, tags }: Recorded, record: RecordAct): Promise<number> {
  let noted = 0;
  for (const album of await everyAlbum()) {
    const known = albums.get(album.id);
    const isSame = known?.title === album.title && known.rank === album.rank;
    if (known && isSame && hasPlaces(known, await placesIn(album.id))) continue;
    await noteAlbum(album.id, record);
    noted++;
  }
  for await (const page of everySaid())
    for (const said of page) {
      if (tags.get(said.pictureId)?.get(said.word) === said.kept) continue;
      await noteSaid(said, record);
      noted++;
    }
  return noted;
}

/** Whether an album's pictures lie as the record has it. Those that it alone has are of no account here. */
const hasPlaces = ({ ranks, coverId }: ManifestAlbum, places: readonly Place[]): boolean =>
  places.every(
    ({ pictureId, rank, isCover }) => ranks.get(pictureId) === rank && isCover === (pictureId === coverId),
  );
