"use client";

import { useTranslations } from "next-intl";
import type { DrawingOptions } from "@/lib/drawing/drawing.input";
import { findChoice, isGone } from "@/lib/drawing/find-choice";
import { familyOf, fitsFamily } from "@/lib/drawing/fits-model";
import type { DrawingModels } from "@/lib/drawing/list-drawing-models";

/** What some pages choose besides. */
interface Besides {
  /** Whether the lines of a picture are to be followed. */
  readonly followsLines: boolean;
  readonly controlnets: readonly (string | null)[];
  readonly upscaler: string | null;
}

const NOTHING: Besides = { followsLines: false, controlnets: [], upscaler: null };

/** In words, what was chosen and is not there any more, or does not go with the model; null where all is well. */
export function useUnfit(
  { model, loras, vae }: DrawingOptions,
  models: DrawingModels,
  { followsLines, controlnets, upscaler }: Besides = NOTHING,
): string | null {
  const t = useTranslations("create.advanced");
  if (isGone(models.checkpoints, model)) return t("gone", { name: model });
  if (isGone(models.vaes, vae)) return t("gone", { name: vae });
  if (isGone(models.upscalers, upscaler)) return t("gone", { name: upscaler });
  if (loras.some(({ name }) => isGone(models.loras, name))) return t("loraGone");
  const family = familyOf(models, model);
  const chosen = loras.flatMap(({ name }) => findChoice(models.loras, name) ?? []);
  const unfit = chosen.find((lora) => !fitsFamily(lora, family));
  const names = { model: model ?? models.usual ?? "" };
  if (unfit) return t("unfit", { ...names, name: unfit.title });
  const nets = models.controlnets.filter((net) => fitsFamily(net, family));
  const lost = controlnets.find((name) => isGone(nets, name));
  if (lost) return t("netUnfit", { ...names, name: lost });
  return followsLines && !canFollowLines(models, model) ? t("noLines", names) : null;
}

/** False where it is known that no ControlNet does it for the model. */
export const canFollowLines = ({ checkpoints, usual }: DrawingModels, model: string | null): boolean =>
  findChoice(checkpoints, model ?? usual)?.followsLines !== false;
