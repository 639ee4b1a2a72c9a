import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { signUp } from "@/lib/accounts/sign-up";
import { closeDatabase, sql } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { forgetEnv } from "@/lib/env";
import { addPicture } from "@/lib/pictures/add-picture";
import { drawThing, THINGS } from "./world";

export interface FullGallery {
  /** For `startApp`. */
  readonly dataDir: string;
  readonly email: string;
}

/** Shapes as cameras and hands make them: width by height. */
const SHAPES = [
  [128, 96],
  [96, 128],
  [128, 128],
  [128, 72],
] as const;

/**
 * A data folder with one account, whose many pictures are copies of a few that come in now: one every `hours`, back from
 * the first of March 2026, called by their numbers. Every second was taken two years before it came in.
 */
export async function makeFullGallery(
  count: number,
  { password, hours = 6 }: { password: string; hours?: number },
): Promise<FullGallery> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "mosaiq-full-gallery-"));
  process.env.DATA_DIR = dataDir;
  delete process.env.DATABASE_URL;
  forgetEnv();
  try {
    await migrate();
    const email = "full@example.com";
    const owner = await signUp({ email, password }, null, "127.0.0.1");
    for (const [i, thing] of THINGS.entries()) {
      const [width, height] = SHAPES[i % SHAPES.length]!;
      const bytes = await sharp(await drawThing(thing))
        .resize(width, height, { fit: "cover" })
        .png()
        .toBuffer();
      await addPicture(owner.id, { bytes, name: `${thing}.png` });
    }
    await sql(
      `WITH drawn AS (SELECT *, row_number() OVER (ORDER BY "createdAt") - 1 AS n FROM "Picture")
       INSERT INTO "Picture" ("id", "ownerId", "kind", "blob", "mime", "sizeBytes", "width", "height", "thumbhash", "colours", "fingerprint",
         "title", "createdAt", "takenAt")
       SELECT gen_random_uuid(), d."ownerId", d."kind", d."blob", d."mime", d."sizeBytes", d."width", d."height",
         d."thumbhash", d."colours", d."fingerprint", 'number ' || i,
         '2026-03-01T00:00:00Z'::timestamptz - i * $2 * interval '1 hour',
         CASE WHEN i % 2 = 1 THEN '2024-03-01T00:00:00Z'::timestamptz - i * $2 * interval '1 hour' END
       FROM generate_series(1, $1::int) AS i JOIN drawn d ON d.n = i * 7 % $3`,
      [count, hours, THINGS.length],
    );
    await sql(`ANALYZE "Picture"`);
    return { dataDir, email };
  } finally {
    await closeDatabase();
  }
}
