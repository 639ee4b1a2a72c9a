import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { QrArt } from "../../_qr-art/qr-art";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.qrArt"))("title") };
}

export default async function QrArtPage() {
  return <QrArt models={await listDrawingModels((await currentOwner())?.id ?? null)} />;
}
