import {
  everyAlbum,
  everySaid,
  placesIn,
  restoreAlbum,
  restorePlaces,
  restoreSaid,
  type Said,
} from "../db/arrangement";
import type { Recorded } from "../storage/replay-manifest";

/** What the record has and the database lacks. */
export interface LostArrangement {
  albums: Set<string>;
  /** By album: pictures. */
  places: Map<string, Set<string>>;
  /** By picture: words. */
  said: Map<string, Set<string>>;
}

/** Looks for albums, places in them and owners' tags that are in the record alone. Null where none are lost. */
export async function findLostArrangement({ albums, tags }: Recorded): Promise<LostArrangement | null> {
  const lost: LostArrangement = {
    albums: new Set(albums.keys()),
    places: new Map([...albums].map(([id, { ranks }]) => [id, new Set(ranks.keys())])),
    said: new Map([...tags].map(([id, said]) => [id, new Set(said.keys())])),
  };
  for (const { id } of await everyAlbum()) {
    lost.albums.delete(id);
    for (const { pictureId } of await placesIn(id)) lost.places.get(id)?.delete(pictureId);
  }
  for await (const page of everySaid())
    for (const { pictureId, word } of page) lost.said.get(pictureId)?.delete(word);
  const isNothing =
    lost.albums.size === 0 &&
    [...lost.places.values(), ...lost.said.values()].every(({ size }) => size === 0);
  return isNothing ? null : lost;
}

/**
 * Brings back what was lost, as far as the pictures are there.
 * @param recorded read again since it was missed: what somebody removed meanwhile does not come back.
 * @returns how many places in albums and tags came back, and albums.
 */
export async function rebuildArrangement(recorded: Recorded, lost: LostArrangement): Promise<number> {
  let rebuilt = 0;
  for (const [id, { ranks, coverId, ...album }] of recorded.albums) {
    if (lost.albums.has(id)) {
      await restoreAlbum(album);
      rebuilt++;
    }
    const missed = [...ranks].filter(([pictureId]) => lost.places.get(id)?.has(pictureId));
    const places = missed.map(([pictureId, rank]) => ({ pictureId, rank, isCover: pictureId === coverId }));
    if (places.length > 0) rebuilt += await restorePlaces(id, places);
  }
  const said = [...recorded.tags].flatMap(([pictureId, words]) =>
    [...words].flatMap(([word, kept]): Said[] =>
      lost.said.get(pictureId)?.has(word) ? [{ pictureId, word, kept }] : [],
    ),
  );
  return said.length > 0 ? rebuilt + (await restoreSaid(said)) : rebuilt;
}
