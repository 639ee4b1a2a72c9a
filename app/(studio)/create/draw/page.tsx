import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { Draw } from "../../_draw/draw";

interface DrawPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const pictureId = z.uuid().nullable().catch(null);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.draw"))("title") };
}

export default async function DrawPage({ searchParams }: DrawPageProps) {
  const asked = await searchParams;
  const [picture, vary] = [pictureId.parse(asked.picture), pictureId.parse(asked.vary)];
  const start = vary ?? picture;
  return (
    <Draw
      models={await listDrawingModels((await currentOwner())?.id ?? null)}
      start={start === null ? null : { picture: start, isVaried: vary !== null }}
    />
  );
}
