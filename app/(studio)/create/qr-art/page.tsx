import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { QrArt } from "../../_qr-art/qr-art";

interface QrArtPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.qrArt"))("title") };
}

export default async function QrArtPage({ searchParams }: QrArtPageProps) {
  const like = z
    .uuid()
    .nullable()
    .catch(null)
    .parse((await searchParams).like);
  return <QrArt models={await listDrawingModels((await currentOwner())?.id ?? null)} likeId={like} />;
}
