import { keepPlace } from "../db/places";
import { log } from "../log";
import { nameCoordinates } from "../places/name-coordinates";
import { namesOfPlace } from "../places/names-of-place";
import { PLACES_VERSION } from "../places/open-cities";
import { exifFacts } from "./read-exif";

/** What a picture's place is called, as its row has it. */
export interface PictureName {
  placeId: string | null;
  placedBy: string | null;
}

/** Names the place that a camera noted, and keeps it among the places. Never throws: a picture does without. */
export async function namePicture(exif: unknown): Promise<PictureName> {
  const at = exifFacts.safeParse(exif).data?.place;
  if (!at) return { placeId: null, placedBy: PLACES_VERSION };
  try {
    const place = await nameCoordinates(at);
    if (!place) return { placeId: null, placedBy: PLACES_VERSION };
    const { country, city } = place;
    const id = city ? `${city.id}` : country;
    const names = { city: city?.name ?? null, cityZh: city?.nameZh ?? null, names: namesOfPlace(place) };
    await keepPlace({ id, country, ...names });
    return { placeId: id, placedBy: PLACES_VERSION };
  } catch (err) {
    // The next start tries again.
    log("pictures").warn({ err }, "a picture's place could not be named");
    return { placeId: null, placedBy: null };
  }
}
