"use client";

import { useTranslations } from "next-intl";
import type { DrawingOptions } from "@/lib/drawing/drawing.input";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";

/** In words, which of the chosen LoRAs the model cannot draw with; null where all go together. */
export function useUnfit({ model, loras }: DrawingOptions, models: DrawingModels): string | null {
  const t = useTranslations("create.advanced");
  const family = familyOf(models, model);
  const unfit = models.loras.find(
    (lora) => loras.some(({ name }) => name === lora.id) && !fitsFamily(lora, family),
  );
  return unfit ? t("unfit", { name: unfit.title, model: model ?? models.usual ?? "" }) : null;
}
