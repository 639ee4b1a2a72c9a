import { readModelDefaults } from "../inference/model-defaults";
import { listModels } from "../inference/model-files";
import { listPhotoTraits } from "./photo-control";
import type { PhotoTrait } from "./photo-trait.input";

/** What of a photo each installed checkpoint can hold, by its name; one that cannot be opened is left out. */
export async function listHeldTraits(): Promise<Record<string, PhotoTrait[]>> {
  const held = await Promise.all(
    (await listModels("checkpoint")).map(async ({ name, path }) => {
      const defaults = await readModelDefaults(path).catch(() => null);
      return defaults ? [[name, await listPhotoTraits(defaults)] as const] : [];
    }),
  );
  return Object.fromEntries(held.flat());
}
