import { db, Prisma } from "./client";
import { forgetUnseen } from "./vectors";

/** What start-up looks at in every picture's row, whoever owns it. */
export interface PictureBlob {
  id: string;
  blob: string;
  blobMissingAt: Date | null;
}

/** Every picture's blob, in pages; for upkeep alone, which works for every owner. */
export async function* everyPictureBlob(pageSize = 1000): AsyncGenerator<PictureBlob[]> {
  let after: string | undefined;
  for (;;) {
    const page = await db().picture.findMany({
      select: { id: true, blob: true, blobMissingAt: true },
      where: after ? { id: { gt: after } } : {},
      orderBy: { id: "asc" },
      take: pageSize,
    });
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)!.id;
  }
}

export async function markBlobMissing(id: string, since: Date | null): Promise<void> {
  await db().picture.updateMany({ where: { id }, data: { blobMissingAt: since } });
  if (since === null) await forgetUnseen(id);
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

export interface LostPicture {
  id: string;
  ownerId: string;
  kind: "upload" | "code";
  blob: string;
  mime: string;
  sizeBytes: number;
  width: number;
  height: number;
  title: string;
  thumbhash?: string | null;
  colours?: string[];
  /** ISO 8601. */
  takenAt?: string | null;
  exif?: unknown;
  settings?: unknown;
  verdict?: unknown;
  createdAt: Date;
}

/** Puts a lost picture's row back; its owner's row too, as a guest, if that is lost. One that is there stays. */
export async function restorePicture({ settings, verdict, exif, ...picture }: LostPicture): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.user.createMany({ data: [{ id: picture.ownerId }], skipDuplicates: true });
    await tx.picture.createMany({
      data: [{ ...picture, settings: asJson(settings), verdict: asJson(verdict), exif: asJson(exif) }],
      skipDuplicates: true,
    });
  });
}

const asJson = (value: unknown) =>
  value === undefined || value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
