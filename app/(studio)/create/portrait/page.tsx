import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { Portrait } from "../../_portrait/portrait";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.portrait"))("title") };
}

export default async function PortraitPage() {
  return <Portrait models={await listDrawingModels((await currentOwner())?.id ?? null)} />;
}
