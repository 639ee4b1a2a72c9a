"use client";

import { useTranslations } from "next-intl";
import type { DrawingOptions } from "@/lib/drawing/drawing.input";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";

/** In words, what was chosen and is not there any more, or which LoRA the model cannot draw with; null where all is well. */
export function useUnfit({ model, loras, vae }: DrawingOptions, models: DrawingModels): string | null {
  const t = useTranslations("create.advanced");
  if (isGone(models.checkpoints, model)) return t("gone", { name: model });
  if (isGone(models.vaes, vae)) return t("gone", { name: vae });
  if (loras.some(({ name }) => isGone(models.loras, name))) return t("loraGone");
  const family = familyOf(models, model);
  const unfit = models.loras.find(
    (lora) => loras.some(({ name }) => name === lora.id) && !fitsFamily(lora, family),
  );
  return unfit ? t("unfit", { name: unfit.title, model: model ?? models.usual ?? "" }) : null;
}

/** Whether something was chosen that can be chosen no more. */
export const isGone = (there: readonly { readonly id: string }[], chosen: string | null): chosen is string =>
  chosen !== null && !there.some(({ id }) => id === chosen);
