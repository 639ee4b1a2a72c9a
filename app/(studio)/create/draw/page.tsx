import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { Draw } from "../../_draw/draw";

interface DrawPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.draw"))("title") };
}

export default async function DrawPage({ searchParams }: DrawPageProps) {
  const start = z
    .uuid()
    .nullable()
    .catch(null)
    .parse((await searchParams).picture);
  return <Draw models={await listDrawingModels((await currentOwner())?.id ?? null)} start={start} />;
}
