import { z } from "zod";
import { PICTURE_ACTS } from "@/lib/pictures/change-pictures";
import { listPicturesInput } from "@/lib/pictures/list-pictures";
import { pictureFilters } from "@/lib/pictures/picture-filters";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { exportChoice } from "@/lib/scenarios/qr-picture/export-code";
import { findPicturesInput } from "@/lib/search/find-pictures";
import { endpoint, FILE, PRINT, ZIP } from "./_endpoint";
import { pictureDetails, picturePage, pictureView, tagView } from "./_views";

export const listPictures = endpoint({
  method: "get",
  path: "/pictures",
  scope: "read",
  summary: "Your pictures, the newest first, a page at a time.",
  query: listPicturesInput.extend(pictureFilters.shape),
  answers: { 200: picturePage },
});

export const uploadPicture = endpoint({
  method: "post",
  path: "/pictures",
  scope: "write",
  summary: "Takes a picture in, unchanged: a form with the field `file`, or the bytes themselves.",
  query: z.object({
    name: z.string().max(500).optional().describe("The file's name, for bytes without a form: its title."),
  }),
  rate: "upload",
  body: FILE,
  answers: { 200: pictureView.describe("You have these bytes already."), 201: pictureView },
});

export const searchPictures = endpoint({
  method: "get",
  path: "/pictures/search",
  scope: "read",
  summary: "Your pictures by words for what is in them, and by titles, captions, tags and the text in them.",
  query: findPicturesInput,
  answers: {
    200: z.strictObject({
      found: z.array(
        z.strictObject({
          picture: pictureView,
          score: z.number().nullable().describe("How far the words stand out; null where only text matched."),
          matches: z.boolean().describe("Whether it is what the words say; the others only come nearest."),
          tags: z.array(tagView),
          text: z
            .string()
            .nullable()
            .describe("The line in the picture where the words stand, as read by a machine."),
        }),
      ),
      waiting: z.int().describe("Pictures that were not looked at yet."),
    }),
  },
});

export const showPicture = endpoint({
  method: "get",
  path: "/pictures/{id}",
  scope: "read",
  summary: "One picture, with what made it and how it was judged.",
  answers: { 200: pictureDetails },
});

export const changePicture = endpoint({
  method: "patch",
  path: "/pictures/{id}",
  scope: "write",
  summary: "Changes a picture's title, its caption, whether it is a favourite, or several of them.",
  body: z
    .object({ title: z.string().max(500), caption: z.string().max(10_000), favourite: z.boolean() })
    .partial()
    .refine((given) => Object.keys(given).length > 0),
  answers: { 200: pictureDetails },
});

export const restorePicture = endpoint({
  method: "post",
  path: "/pictures/{id}/restore",
  scope: "write",
  summary: "Takes a picture out of the trash.",
  answers: { 200: pictureDetails },
});

export const changePictures = endpoint({
  method: "post",
  path: "/pictures/batch",
  scope: "write",
  summary: "Does one thing with several pictures, or, where one of them isn't yours, with none.",
  body: z.object({ ids: selectedPictures, act: z.enum(PICTURE_ACTS) }),
  answers: { 200: z.strictObject({ changed: z.array(z.uuid()) }) },
});

export const emptyTrash = endpoint({
  method: "delete",
  path: "/pictures/trash",
  scope: "write",
  summary: "Removes everything in your trash for good.",
  answers: { 200: z.strictObject({ purged: z.int().describe("How many pictures.") }) },
});

export const exportCode = endpoint({
  method: "get",
  path: "/pictures/{id}/export",
  scope: "read",
  summary: "A code in another size or format: pixels, or, for the drawn looks, SVG and PDF.",
  query: exportChoice,
  answers: { 200: PRINT },
});

export const trashPicture = endpoint({
  method: "delete",
  path: "/pictures/{id}",
  scope: "write",
  summary: "Moves a picture to the trash, where it stays for 30 days.",
  answers: { 204: null },
});

export const readPicture = endpoint({
  method: "get",
  path: "/pictures/{id}/file",
  scope: "read",
  summary: "A picture's bytes: the original as it came, or a WebP without metadata.",
  query: z.object({
    size: z
      .enum(["original", "full", ...PICTURE_WIDTHS.map((width) => `${width}` as const)])
      .default("original")
      .describe("A number is a width in pixels; `full` is as large as screens need."),
  }),
  answers: { 200: FILE },
});

export const showDrawing = endpoint({
  method: "get",
  path: "/pictures/{id}/drawing",
  scope: "read",
  summary: "The settings that a picture carries, to be drawn with again: what this studio and A1111 write.",
  answers: {
    200: z.strictObject({
      drawing: z
        .looseObject({
          prompt: z.string(),
          options: z.looseObject({}).describe("As the scenario `text-to-image` is told."),
        })
        .nullable()
        .describe("Null where it carries none."),
    }),
  },
});

export const zipPictures = endpoint({
  method: "post",
  path: "/pictures/zip",
  scope: "read",
  summary: "The originals of chosen pictures, in one zip file.",
  body: z.object({ ids: selectedPictures }),
  answers: { 200: ZIP },
});

export const showTags = endpoint({
  method: "get",
  path: "/pictures/{id}/tags",
  scope: "read",
  summary: "What a picture shows, in words.",
  answers: { 200: z.strictObject({ tags: z.array(tagView) }) },
});

export const sayTag = endpoint({
  method: "patch",
  path: "/pictures/{id}/tags",
  scope: "write",
  summary: "Says that a picture shows something, or that it does not.",
  body: z.object({ word: z.string().max(200), isSo: z.boolean() }),
  answers: { 200: z.strictObject({ tags: z.array(tagView) }) },
});
