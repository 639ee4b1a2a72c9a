import { z } from "zod";
import { shareTerms } from "@/lib/shares/make-share";
import { endpoint } from "./_endpoint";
import { shareView } from "./_views";

const thing = z
  .object({ albumId: z.string().max(64), pictureId: z.string().max(64) })
  .partial()
  .refine(({ albumId, pictureId }) => (albumId === undefined) !== (pictureId === undefined));

export const listShares = endpoint({
  method: "get",
  path: "/shares",
  scope: "read",
  summary: "The links that open an album or a picture; one of the two is named.",
  query: thing,
  answers: { 200: z.strictObject({ shares: z.array(shareView) }) },
});

export const makeShare = endpoint({
  method: "post",
  path: "/shares",
  scope: "write",
  summary: "Makes a link that shows an album, or a picture, to whoever has it.",
  body: z.intersection(thing, shareTerms),
  answers: {
    201: z.strictObject({
      share: shareView,
      path: z.string().describe("Where it leads, below the studio's address. It is told this once."),
    }),
  },
});

export const revokeShare = endpoint({
  method: "delete",
  path: "/shares/{id}",
  scope: "write",
  summary: "Ends a link for everyone who has it.",
  answers: { 204: null },
});
