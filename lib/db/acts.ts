/**
 * What a person did by hand, told as what is so from then on: where several lines speak of one thing, the last is right.
 * The same shapes as the manifest's (`lib/storage/manifest.ts`), which floors above this one write them to.
 */
export type Act =
  /** Dates are ISO 8601. */
  | {
      event: "changed";
      pictureIds: string[];
      title?: string;
      caption?: string;
      favourite?: boolean;
      placeHidden?: boolean;
      textDenied?: boolean;
      trashedAt?: string | null;
    }
  /** `kept` as in `PictureTag`; null where nothing is said any more. */
  | { event: "tagged"; pictureId: string; word: string; kept: boolean | null }
  | { event: "album"; album: { id: string; ownerId: string; title: string; rank: string; createdAt: string } }
  | { event: "albums-ranked"; ranks: [albumId: string, rank: string][] }
  | { event: "placed"; albumId: string; ranks: [pictureId: string, rank: string][] }
  | { event: "taken-out"; albumId: string; pictureIds: string[] }
  | { event: "cover"; albumId: string; pictureId: string }
  | { event: "album-deleted"; albumId: string };

/**
 * Writes an act down beside the files. Called within the transaction that does it, once its rows are changed and before
 * it ends: nobody else can change the same rows meanwhile, so lines stand in the order in which things happened, and
 * when it fails nothing is done.
 */
export type RecordAct = (act: Act) => Promise<unknown>;

/** For transactions that touch files: on one connection they queue behind each other. */
export const PATIENCE = { maxWait: 15_000, timeout: 30_000 };
