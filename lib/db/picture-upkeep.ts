import { db, type Picture, Prisma } from "./client";
import { lockBlob } from "./pictures";
import { forgetUnread } from "./texts";
import { forgetUnseen } from "./vectors";

/** What start-up looks at in every picture's row, whoever owns it. */
export interface PictureBlob {
  id: string;
  blob: string;
  blobMissingAt: Date | null;
  title: string;
  caption: string;
  favourite: boolean;
  placeHidden: boolean;
  textDenied: boolean;
  trashedAt: Date | null;
}

/** Every picture's blob, in pages; for upkeep alone, which works for every owner. */
export async function* everyPictureBlob(pageSize = 1000): AsyncGenerator<PictureBlob[]> {
  let after: string | undefined;
  for (;;) {
    const page = await db().picture.findMany({
      select: {
        id: true,
        blob: true,
        blobMissingAt: true,
        title: true,
        caption: true,
        favourite: true,
        placeHidden: true,
        textDenied: true,
        trashedAt: true,
      },
      where: after ? { id: { gt: after } } : {},
      orderBy: { id: "asc" },
      take: pageSize,
    });
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)!.id;
  }
}

/** Those of these files that no picture is made of, and no job waits for. */
export async function unusedBlobs(blobs: readonly string[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ blob: string }[]>`
    SELECT b.blob FROM unnest(${[...blobs]}::text[]) AS b(blob)
    WHERE NOT EXISTS (SELECT 1 FROM "Picture" p WHERE p."blob" = b.blob)
      AND NOT EXISTS (SELECT 1 FROM "Job" j WHERE j."state" IN ('queued', 'running') AND j."input"->>'blob' = b.blob)`;
  return rows.map(({ blob }) => blob);
}

export async function markBlobMissing(id: string, since: Date | null): Promise<void> {
  await db().picture.updateMany({ where: { id }, data: { blobMissingAt: since } });
  if (since !== null) return;
  await forgetUnseen(id);
  await forgetUnread(id);
}

/** Anyone's pictures from before colours were noted. */
export function listColourless(count: number): Promise<{ id: string; thumbhash: string | null }[]> {
  return db().picture.findMany({
    where: { colours: { isEmpty: true }, thumbhash: { not: null } },
    select: { id: true, thumbhash: true },
    take: count,
  });
}

export async function setColours(id: string, colours: readonly string[]): Promise<void> {
  await db().picture.updateMany({ where: { id }, data: { colours: [...colours] } });
}

/** Anyone's uploads from before fingerprints were noted. */
export function listWithoutFingerprint(count: number): Promise<{ id: string; blob: string }[]> {
  return db().picture.findMany({
    where: { kind: "upload", fingerprint: null, blobMissingAt: null },
    select: { id: true, blob: true },
    take: count,
  });
}

export async function setFingerprint(id: string, fingerprint: string): Promise<void> {
  await db().picture.updateMany({ where: { id }, data: { fingerprint } });
}

/** Anyone's uploads whose EXIF nobody has read. */
export function listWithoutExif(count: number): Promise<{ id: string; blob: string }[]> {
  return db().picture.findMany({
    where: { kind: "upload", exif: { equals: Prisma.DbNull }, blobMissingAt: null },
    select: { id: true, blob: true },
    take: count,
  });
}

/** @param exif null where there is none: that is known then. */
export async function setExif(
  id: string,
  { takenAt, exif }: { takenAt: Date | null; exif: Prisma.InputJsonValue | null },
): Promise<void> {
  await db().picture.updateMany({ where: { id }, data: { takenAt, exif: exif ?? {} } });
}

export interface LostPicture {
  id: string;
  ownerId: string;
  kind: Picture["kind"];
  blob: string;
  mime: string;
  sizeBytes: number;
  width: number;
  height: number;
  title: string;
  caption: string;
  favourite: boolean;
  placeHidden: boolean;
  textDenied: boolean;
  trashedAt: Date | null;
  thumbhash?: string | null;
  colours?: string[];
  /** ISO 8601. */
  takenAt?: string | null;
  exif?: unknown;
  settings?: unknown;
  verdict?: unknown;
  createdAt: Date;
}

/**
 * Puts a lost picture's row back; its owner's row too, as a guest, if that is lost. One that is there stays, and an upload
 * that its owner has brought again meanwhile does not come back beside it.
 * @param isKnown by id: whether a picture of the same bytes was there beside this one before, as after two galleries became
 *                one.
 * @returns whether it was put back.
 */
export function restorePicture(
  { settings, verdict, exif, ...picture }: LostPicture,
  isKnown: (id: string) => boolean,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    await lockBlob(tx, picture.blob);
    const { ownerId, blob, kind } = picture;
    const same = await tx.picture.findMany({ where: { ownerId, blob }, select: { id: true } });
    if (kind === "upload" && same.some(({ id }) => !isKnown(id))) return false;
    await tx.user.createMany({ data: [{ id: ownerId }], skipDuplicates: true });
    const { count } = await tx.picture.createMany({
      data: [{ ...picture, settings: asJson(settings), verdict: asJson(verdict), exif: asJson(exif) }],
      skipDuplicates: true,
    });
    return count > 0;
  });
}

const asJson = (value: unknown) =>
  value === undefined || value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
