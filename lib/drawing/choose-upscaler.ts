import { AppError } from "../errors";
import { findModel, isOfShippedFamily, listModels, type ModelFile } from "../inference/model-files";

/**
 * The model that makes a picture larger.
 * @param name null: people's own, where one is installed, else the one that ships.
 * @throws EngineError weights_missing with the nearest names · AppError weights_missing where there is none at all.
 */
export async function chooseUpscaler(name: string | null): Promise<ModelFile> {
  if (name !== null) return { name, path: await findModel(name, "upscaler") };
  const models = await listModels("upscaler");
  const model = models.find(({ path }) => !isOfShippedFamily(path)) ?? models[0];
  if (!model) throw new AppError("weights_missing", { details: { file: "ESRGAN" } });
  return model;
}
