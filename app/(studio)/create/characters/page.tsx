import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { listLoraCards } from "@/lib/drawing/list-lora-cards";
import { Characters } from "../../_characters/characters";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.characters"))("title") };
}

export default async function CharactersPage() {
  const ownerId = (await currentOwner())?.id ?? null;
  const [models, loras] = await Promise.all([listDrawingModels(ownerId), listLoraCards(ownerId)]);
  return <Characters models={models} loras={loras} />;
}
