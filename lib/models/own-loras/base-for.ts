import { listModels } from "../list-models";

/** The first model that is here for LoRAs of a family; null where there is none, or the family is not known. */
export async function baseFor(family: string | null): Promise<string | null> {
  if (family === null) return null;
  const bases = await listModels(null, ["checkpoint"]);
  return bases.find((base) => base.family === family)?.id ?? null;
}
