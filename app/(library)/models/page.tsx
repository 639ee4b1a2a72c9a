import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { tellPull } from "@/app/api/models/pulls/_tell-pull";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listModels } from "@/lib/models/list-models";
import { listPulls } from "@/lib/models/list-pulls";
import { showCatalogue } from "@/lib/models/show-catalogue";
import { Models } from "../_models/models";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("models");
  return { title: t("title") };
}

/** What is drawn with here, and what could be; operators bring it in, everybody brings LoRAs of their own. */
export default async function ModelsPage() {
  const [owner, locale] = [await currentOwner(), await getLocale()];
  const isOperator = owner?.isOperator ?? false;
  const [models, catalogue, pulls] = await Promise.all([
    listModels(owner?.id ?? null),
    showCatalogue(locale),
    isOperator ? listPulls() : [],
  ]);
  const reader = isOperator ? "operator" : (owner?.kind ?? "guest");
  return <Models {...{ models, catalogue, reader }} first={pulls.map((pull) => tellPull(pull, locale))} />;
}
