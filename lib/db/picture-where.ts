import { type Picture, Prisma } from "./client";
import { TAG_HOLDS } from "./tags";

/** What a list of pictures, or a search in them, holds. */
export interface PictureFilter {
  kind?: Picture["kind"];
  /** Whether the studio made it. */
  isMade?: boolean;
  favourite?: true;
  mime?: string;
  shape?: "landscape" | "portrait" | "square";
  colour?: string;
  /** One of these is a tag that holds. */
  words?: readonly string[];
  albumId?: string;
  /** Names of one place, each as `Place` keeps it. */
  placeNames?: readonly string[];
  /** Taken, or where no camera says when, come in, from the first on and before the second. */
  since?: Date;
  until?: Date;
  /** Trash is a place of its own: only what is in it, or only what isn't. */
  inTrash: boolean;
}

const SHAPES = {
  landscape: Prisma.sql`p."width" > p."height"`,
  portrait: Prisma.sql`p."width" < p."height"`,
  square: Prisma.sql`p."width" = p."height"`,
};

/** What is asked of the rows of "Picture" p. */
export function pictureWhere(ownerId: string, filter: PictureFilter): Prisma.Sql {
  const { inTrash, kind, isMade, favourite, mime, shape, colour, words, albumId } = filter;
  const { placeNames, since, until } = filter;
  const asked = [
    Prisma.sql`p."ownerId" = ${ownerId}::uuid`,
    inTrash ? Prisma.sql`p."trashedAt" IS NOT NULL` : Prisma.sql`p."trashedAt" IS NULL`,
    kind ? Prisma.sql`p."kind" = ${kind}::"PictureKind"` : Prisma.sql`p."kind" <> 'draft'`,
    isMade !== undefined && (isMade ? Prisma.sql`p."kind" <> 'upload'` : Prisma.sql`p."kind" = 'upload'`),
    favourite && Prisma.sql`p."favourite"`,
    mime && Prisma.sql`p."mime" = ${mime}`,
    shape && SHAPES[shape],
    colour && Prisma.sql`${colour} = ANY(p."colours")`,
    words &&
      Prisma.sql`EXISTS (SELECT 1 FROM "PictureTag" t WHERE t."pictureId" = p."id" AND t."ownerId" = p."ownerId"
        AND t."word" = ANY(${[...words]}::text[]) AND ${Prisma.raw(TAG_HOLDS)})`,
    albumId &&
      Prisma.sql`EXISTS (SELECT 1 FROM "AlbumPicture" a WHERE a."pictureId" = p."id" AND a."ownerId" = p."ownerId"
        AND a."albumId" = ${albumId}::uuid)`,
    placeNames &&
      Prisma.sql`p."placeId" IN (SELECT l."id" FROM "Place" l WHERE l."names" @> ${[...placeNames]}::text[])`,
    since && Prisma.sql`p."datedAt" >= ${since}`,
    until && Prisma.sql`p."datedAt" < ${until}`,
  ];
  return Prisma.join(
    asked.filter((each) => each instanceof Prisma.Sql),
    " AND ",
  );
}
