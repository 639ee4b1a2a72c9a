import { z } from "zod";
import { listAlbumPicturesInput } from "@/lib/albums/list-album-pictures";
import { selectedPictures } from "@/lib/pictures/selected-pictures";
import { endpoint } from "./_endpoint";
import { albumPicturePage, albumView } from "./_views";

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
