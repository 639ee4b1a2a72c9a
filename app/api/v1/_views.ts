import { z } from "zod";
import type { AlbumView } from "@/lib/albums/describe-album";
import type { PictureDetails, PictureView } from "@/lib/pictures/describe-picture";
import { exifFacts } from "@/lib/pictures/read-exif";
import type { TagView } from "@/lib/search/show-tags";
import type { ShareView } from "@/lib/shares/describe-share";

export const errorView = z
  .strictObject({
    code: z.string().describe("Stable; what programs go by."),
    message: z.string().describe("For people, in the language of Accept-Language: English or Chinese."),
    details: z.record(z.string(), z.union([z.string(), z.number()])),
    retryable: z.boolean().describe("Whether the same request may succeed later."),
  })
  .meta({ id: "Error" });

const picture = z.strictObject({
  id: z.uuid(),
  kind: z.enum(["upload", "code", "drawing", "draft"]),
  title: z.string(),
  caption: z.string(),
  favourite: z.boolean(),
  mime: z.string(),
  sizeBytes: z.int(),
  width: z.int().describe("Pixels as shown."),
  height: z.int(),
  thumbhash: z.string().nullable().describe("Base64; see https://evanw.github.io/thumbhash."),
  createdAt: z.iso.datetime(),
  trashedAt: z.iso.datetime().nullable(),
  revision: z.string().describe("Changes exactly when the bytes do."),
});

export const pictureView: z.ZodType<PictureView> = picture.meta({ id: "Picture" });

export const pictureDetails: z.ZodType<PictureDetails> = picture
  .extend({
    settings: z.unknown().describe("What made it, for what the studio made."),
    verdict: z.unknown().describe("Who reads it under which conditions, for codes."),
    sourceId: z.uuid().nullable().describe("The picture it was made from."),
    takenAt: z.iso.datetime().nullable().describe("By the camera's clock, written as if it were UTC."),
    exif: exifFacts.nullable(),
    place: z
      .strictObject({
        country: z.string().describe("ISO 3166-1, two letters."),
        city: z.string().nullable(),
        cityZh: z.string().nullable().describe("In Chinese, where that is known."),
      })
      .nullable()
      .describe("What people call the place that the camera noted."),
    placeHidden: z.boolean().describe("Whether you hid where it was taken."),
  })
  .meta({ id: "PictureDetails" });

export const picturePage = z.strictObject({
  pictures: z.array(pictureView),
  nextCursor: z.string().nullable().describe("Ask for the next page with this; null on the last."),
});

export const albumPicturePage = picturePage.extend({
  locked: z.array(z.uuid()).describe("Those that stay as they are when others are drawn anew."),
});

export const tagView: z.ZodType<TagView> = z
  .strictObject({
    word: z.string(),
    en: z.string(),
    zh: z.string(),
    isOwn: z.boolean().describe("Whether its owner said so, rather than a model."),
  })
  .meta({ id: "Tag" });

export const shareView: z.ZodType<ShareView> = z
  .strictObject({
    id: z.uuid(),
    hasPassword: z.boolean(),
    withOriginals: z.boolean().describe("Whether pictures may be saved in full size."),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().describe("Null for as long as nobody revokes it."),
  })
  .meta({ id: "Share" });

export const albumView: z.ZodType<AlbumView> = z
  .strictObject({
    id: z.uuid(),
    title: z.string(),
    createdAt: z.iso.datetime(),
    pictureCount: z.int(),
    cover: pictureView.nullable(),
  })
  .meta({ id: "Album" });
