import { db, type Picture, type Prisma } from "./client";

/** What a list of pictures, or a search in them, holds. */
export interface PictureFilter {
  kind?: Picture["kind"];
  favourite?: true;
  mime?: string;
  shape?: "landscape" | "portrait" | "square";
  colour?: string;
  /** One of these is a tag that holds. */
  words?: readonly string[];
  albumId?: string;
  /** Taken, or where no camera says when, come in, from the first on and before the second. */
  since?: Date;
  until?: Date;
  /** Trash is a place of its own: only what is in it, or only what isn't. */
  inTrash: boolean;
}

/** Of a tag: that the owner says so, or a model does and the owner does not deny it. */
const HOLDS: Prisma.PictureTagWhereInput = { OR: [{ kept: true }, { kept: null, score: { not: null } }] };

export function pictureWhere(
  ownerId: string,
  { inTrash, shape, colour, words, albumId, since, until, ...exact }: PictureFilter,
): Prisma.PictureWhereInput {
  const { height } = db().picture.fields;
  const shapes = {
    landscape: { width: { gt: height } },
    portrait: { width: { lt: height } },
    square: { width: { equals: height } },
  };
  return {
    ...{ ownerId, ...exact, trashedAt: inTrash ? { not: null } : null },
    ...(shape && shapes[shape]),
    ...(colour && { colours: { has: colour } }),
    ...(words && { tags: { some: { word: { in: [...words] }, ...HOLDS } } }),
    ...(albumId && { albums: { some: { albumId, ownerId } } }),
    ...((since || until) && between({ ...(since && { gte: since }), ...(until && { lt: until }) })),
  };
}

const between = (time: Prisma.DateTimeFilter): Prisma.PictureWhereInput => ({
  OR: [{ takenAt: time }, { takenAt: null, createdAt: time }],
});
