import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";

const FOLDER = path.join("public", "samples");
const samplesFile = z.array(z.object({ name: z.string(), file: z.string().regex(/^[a-z0-9-]+\.webp$/) }));

/** The file of a picture that ships with the project. @throws AppError not_found for a name that is not listed. */
export async function samplePicture(name: string): Promise<Buffer> {
  const listed = samplesFile.parse(JSON.parse(await readFile(path.join(FOLDER, "samples.json"), "utf8")));
  const sample = listed.find((entry) => entry.name === name);
  if (!sample) throw new AppError("not_found");
  return readFile(path.join(FOLDER, sample.file));
}
