import { z } from "zod";

/** A LoRA of the owner's own that is drawn with once, to be known by. */
export const loraPreviewInput = z.object({ lora: z.uuid() });

export const LORA_PREVIEW = "lora-preview";
