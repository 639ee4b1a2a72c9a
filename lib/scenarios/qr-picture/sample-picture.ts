import { readFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { listSamples, SAMPLES_FOLDER } from "./list-samples";

/** The file of a picture that ships with the project. @throws AppError not_found for a name that is not listed. */
export async function samplePicture(name: string): Promise<Buffer> {
  const sample = (await listSamples()).find((entry) => entry.name === name);
  if (!sample) throw new AppError("not_found");
  return readFile(path.join(SAMPLES_FOLDER, sample.file));
}
