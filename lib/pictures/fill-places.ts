import { listUnplaced, setPlace } from "../db/places";
import { PLACES_VERSION } from "../places/open-cities";
import { namePicture } from "./name-picture";

const PAGE = 200;

/**
 * Names the places of pictures from before they were named, or that were named by other data; those whose owners hid them
 * stay without.
 * @param id one picture; null for everybody's.
 * @returns how many were looked at.
 */
export async function fillPlaces(id: string | null = null): Promise<number> {
  let filled = 0;
  for (;;) {
    const page = await listUnplaced(PLACES_VERSION, PAGE, id);
    for (const row of page) {
      const { placeId, placedBy } = await namePicture(row.exif);
      // Named by nothing, it would come again without end.
      if (placedBy === null) return filled;
      await setPlace(row.id, placeId, placedBy);
      filled++;
    }
    if (page.length < PAGE) return filled;
  }
}
