import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { tellPull } from "@/app/api/models/pulls/_tell-pull";
import { currentOwner } from "@/lib/accounts/current-owner";
import { hasOperator } from "@/lib/accounts/has-operator";
import { errorMessage } from "@/lib/errors";
import { listModels } from "@/lib/models/list-models";
import { listPulls } from "@/lib/models/list-pulls";
import { listOwnPreviews } from "@/lib/models/own-loras/own-previews";
import { showCatalogue } from "@/lib/models/show-catalogue";
import { Models } from "../_models/models";
import type { ToldPreview } from "../_models/own-preview";

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
  const own = models.filter(({ origin }) => origin === "own").map(({ id }) => id);
  const previews = owner ? await listOwnPreviews(owner.id, own) : {};
  const told = Object.entries(previews).map(([id, { state, error }]): [string, ToldPreview] => [
    id,
    { state, message: error && errorMessage(error.code, error.details, locale) },
  ]);
  const guest = (await hasOperator()) ? "guest" : "first";
  const reader = isOperator ? "operator" : owner?.kind === "account" ? "account" : guest;
  return (
    <Models
      {...{ models, catalogue, reader }}
      previews={Object.fromEntries(told)}
      first={pulls.map((pull) => tellPull(pull, locale))}
    />
  );
}
