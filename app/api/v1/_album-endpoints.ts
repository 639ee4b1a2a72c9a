import { z } from "zod";
import { listAlbumPicturesInput } from "@/lib/albums/list-album-pictures";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { endpoint, ZIP } from "./_endpoint";
import { albumPicturePage, albumView } from "./_views";

const id = z.string().max(64);

export const listAlbums = endpoint({
  method: "get",
  path: "/albums",
  scope: "read",
  summary: "All of your albums, in their order.",
  answers: { 200: z.strictObject({ albums: z.array(albumView) }) },
});

export const createAlbum = endpoint({
  method: "post",
  path: "/albums",
  scope: "write",
  summary: "Makes an empty album.",
  body: z.object({ title: z.string().max(500) }),
  answers: { 201: albumView },
});

export const showAlbum = endpoint({
  method: "get",
  path: "/albums/{id}",
  scope: "read",
  summary: "One album, with its cover.",
  answers: { 200: albumView },
});

export const changeAlbum = endpoint({
  method: "patch",
  path: "/albums/{id}",
  scope: "write",
  summary: "Changes an album's title, its cover, its place among your albums, or several of them.",
  body: z
    .object({
      title: z.string().max(500),
      cover: id.describe("A picture in the album."),
      after: id.nullable().describe("The album to come behind; null for the first place."),
    })
    .partial()
    .refine((given) => Object.keys(given).length > 0),
  answers: { 200: albumView },
});

export const deleteAlbum = endpoint({
  method: "delete",
  path: "/albums/{id}",
  scope: "write",
  summary: "Removes an album, and the links to it. Its pictures stay in the gallery.",
  answers: { 204: null },
});

export const zipAlbum = endpoint({
  method: "get",
  path: "/albums/{id}/zip",
  scope: "read",
  summary: "The originals of an album's pictures, in one zip file.",
  answers: { 200: ZIP },
});

export const listAlbumPictures = endpoint({
  method: "get",
  path: "/albums/{id}/pictures",
  scope: "read",
  summary: "The pictures in an album, in its order, a page at a time.",
  query: listAlbumPicturesInput,
  answers: { 200: albumPicturePage },
});

export const addToAlbum = endpoint({
  method: "post",
  path: "/albums/{id}/pictures",
  scope: "write",
  summary: "Puts pictures at an album's end.",
  body: z.object({ ids: selectedPictures }),
  answers: { 200: z.strictObject({ added: z.int().describe("How many were not in it yet.") }) },
});

export const changeInAlbum = endpoint({
  method: "patch",
  path: "/albums/{id}/pictures",
  scope: "write",
  summary: "Moves a picture within an album, or says whether it stays when others are drawn anew.",
  body: z.union([
    z.object({ id, after: id.nullable().describe("The picture to come behind; null for the front.") }),
    z.object({ id, locked: z.boolean() }),
  ]),
  answers: { 204: null },
});

export const removeFromAlbum = endpoint({
  method: "post",
  path: "/albums/{id}/pictures/remove",
  scope: "write",
  summary: "Takes pictures out of an album. In the gallery they stay.",
  body: z.object({ ids: selectedPictures }),
  answers: { 200: z.strictObject({ removed: z.int().describe("How many were in it.") }) },
});
