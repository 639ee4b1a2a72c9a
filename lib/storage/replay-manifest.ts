import type { ManifestEntry } from "./manifest";

type Entry<E extends ManifestEntry["event"]> = Extract<ManifestEntry, { event: E }>;

/** A picture as it should be, with its present owner. */
export type ManifestPicture = Entry<"added">["picture"] & {
  createdAt: Date;
  caption: string;
  favourite: boolean;
  placeHidden: boolean;
  textDenied: boolean;
  trashedAt: Date | null;
};

export type ManifestAlbum = Omit<Entry<"album">["album"], "createdAt"> & {
  createdAt: Date;
  /** By picture: its place. Pictures that were removed for good are not among them. */
  ranks: Map<string, string>;
  /** The picture that was chosen; null where none was, or it is not in the album any more. */
  coverId: string | null;
};

/** All that should be in the database according to the record. */
export interface Recorded {
  /** By id. */
  pictures: Map<string, ManifestPicture>;
  /** By id. */
  albums: Map<string, ManifestAlbum>;
  /** By picture, by word: what its owner says. */
  tags: Map<string, Map<string, boolean>>;
}

/** Reads the record from its first line to its last. */
export async function replayManifest(entries: AsyncIterable<ManifestEntry>): Promise<Recorded> {
  const recorded: Recorded = { pictures: new Map(), albums: new Map(), tags: new Map() };
  const uploads = new Map<string, string>();
  for await (const entry of entries) {
    if (entry.event === "added") dropUnfinished(recorded, uploads, entry.picture);
    apply(recorded, entry);
  }
  return recorded;
}

/**
 * An owner has an upload once: whoever brings it again gets the picture that is there. Where a second one was added all
 * the same, the first never came to its row: its answer was lost with a process or a database, and it was sent again.
 */
function dropUnfinished(
  { pictures }: Recorded,
  uploads: Map<string, string>,
  { id, kind, ownerId, blob }: Entry<"added">["picture"],
): void {
  if (kind !== "upload") return;
  const key = `${ownerId}/${blob}`;
  const before = uploads.get(key);
  if (before !== undefined && pictures.get(before)?.ownerId === ownerId) pictures.delete(before);
  uploads.set(key, id);
}

function apply({ pictures, albums, tags }: Recorded, entry: ManifestEntry): void {
  switch (entry.event) {
    case "added": {
      const untouched = {
        caption: "",
        favourite: false,
        placeHidden: false,
        textDenied: false,
        trashedAt: null,
      };
      pictures.set(entry.picture.id, { ...entry.picture, ...untouched, createdAt: new Date(entry.at) });
      return;
    }
    case "purged":
      pictures.delete(entry.pictureId);
      tags.delete(entry.pictureId);
      for (const album of albums.values()) takeOut(album, entry.pictureId);
      return;
    case "moved":
      for (const thing of [...pictures.values(), ...albums.values()])
        if (thing.ownerId === entry.fromOwnerId) thing.ownerId = entry.toOwnerId;
      return;
    case "changed":
      for (const id of entry.pictureIds) change(pictures.get(id), entry);
      return;
    case "tagged": {
      const said = tags.get(entry.pictureId) ?? new Map<string, boolean>();
      if (entry.kept === null) said.delete(entry.word);
      else said.set(entry.word, entry.kept);
      tags.set(entry.pictureId, said);
      return;
    }
    default:
      arrange(albums, entry);
  }
}

function change(picture: ManifestPicture | undefined, to: Entry<"changed">): void {
  if (!picture) return;
  if (to.title !== undefined) picture.title = to.title;
  if (to.caption !== undefined) picture.caption = to.caption;
  if (to.favourite !== undefined) picture.favourite = to.favourite;
  if (to.placeHidden !== undefined) picture.placeHidden = to.placeHidden;
  if (to.textDenied !== undefined) picture.textDenied = to.textDenied;
  if (to.trashedAt !== undefined) picture.trashedAt = to.trashedAt === null ? null : new Date(to.trashedAt);
}

function arrange(
  albums: Recorded["albums"],
  entry: Entry<"album" | "albums-ranked" | "placed" | "taken-out" | "cover" | "album-deleted">,
): void {
  if (entry.event === "album") {
    const { ranks = new Map<string, string>(), coverId = null } = albums.get(entry.album.id) ?? {};
    const createdAt = new Date(entry.album.createdAt);
    albums.set(entry.album.id, { ...entry.album, createdAt, ranks, coverId });
    return;
  }
  if (entry.event === "albums-ranked") {
    for (const [id, rank] of entry.ranks) Object.assign(albums.get(id) ?? {}, { rank });
    return;
  }
  const album = albums.get(entry.albumId);
  if (!album) return;
  if (entry.event === "placed") for (const [id, rank] of entry.ranks) album.ranks.set(id, rank);
  if (entry.event === "taken-out") for (const id of entry.pictureIds) takeOut(album, id);
  if (entry.event === "cover") album.coverId = entry.pictureId;
  if (entry.event === "album-deleted") albums.delete(entry.albumId);
}

function takeOut(album: ManifestAlbum, pictureId: string): void {
  album.ranks.delete(pictureId);
  if (album.coverId === pictureId) album.coverId = null;
}
