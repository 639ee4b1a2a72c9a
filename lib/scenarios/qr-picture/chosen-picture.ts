import { pictureSource } from "@/lib/pictures/picture-source";
import type { QrPictureInput } from "./qr-picture.job";
import { samplePicture } from "./sample-picture";

/** @throws AppError not_found for another owner's picture and for samples that are not there. */
export async function chosenPicture(
  ownerId: string,
  choice: QrPictureInput["picture"],
): Promise<Buffer | null> {
  if (choice === null) return null;
  return choice.from === "gallery"
    ? (await pictureSource(ownerId, choice.id)).bytes
    : samplePicture(choice.name);
}
