import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { listHeldTraits } from "@/lib/drawing/list-held-traits";
import { Portrait } from "../../_portrait/portrait";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.portrait"))("title") };
}

export default async function PortraitPage() {
  const ownerId = (await currentOwner())?.id ?? null;
  const [models, held] = await Promise.all([listDrawingModels(ownerId), listHeldTraits()]);
  return <Portrait models={models} held={held} />;
}
