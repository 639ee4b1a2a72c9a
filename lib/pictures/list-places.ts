import { listPlaceRows } from "../db/places";
import { describePlace, type PlaceView } from "./describe-picture";

/** A place of some of one's pictures. */
export interface OwnPlace extends PlaceView {
  /** Pictures outside the trash. */
  count: number;
}

/** More than anyone scrolls through. */
const MOST = 500;

/** Where the owner's pictures were taken, the most frequent first: what one may type, and filter by. */
export async function listPlaces(ownerId: string): Promise<OwnPlace[]> {
  const rows = await listPlaceRows(ownerId, MOST);
  return rows.map((row) => ({ ...describePlace(row), count: row.count }));
}
