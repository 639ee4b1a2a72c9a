import { z } from "zod";
import { codeOptions } from "@/lib/codes/code.input";
import { listedIn } from "@/lib/drawing/name-lists.input";

/** Where the picture comes from: the owner's gallery, or a sample that ships with the project. */
const pictureChoice = z.discriminatedUnion("from", [
  z.object({ from: z.literal("gallery"), id: z.uuid() }),
  z.object({
    from: z.literal("sample"),
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .describe(listedIn("samples")),
  }),
]);

/** What a person asks for. `picture` may be null for `classic`. */
export const qrPictureInput = codeOptions
  .extend({ picture: pictureChoice.nullable().default(null) })
  .refine((input) => input.picture !== null || input.look === "classic", {
    path: ["picture"],
    message: "picture_required",
  });

export type QrPictureInput = z.infer<typeof qrPictureInput>;
export const QR_PICTURE = "qr-picture";
