import path from "node:path";
import { env } from "../../env";

/** Where people's own LoRAs lie: in no folder in which models are looked for by name. */
export const ownLoraFolder = (): string => path.join(env().MODELS_DIR, ".own");

/** A person's files lie in a folder of their own. @param ownerId, @param id UUIDs of a row that was found. */
export const ownLoraPath = ({ ownerId, id }: { ownerId: string; id: string }): string =>
  path.join(ownLoraFolder(), ownerId, `${id}.safetensors`);

/** What a LoRA draws lies beside it. */
export const ownPreviewPath = ({ ownerId, id }: { ownerId: string; id: string }): string =>
  path.join(ownLoraFolder(), ownerId, `${id}.preview.webp`);
