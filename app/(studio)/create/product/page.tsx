import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { Product } from "../../_product/product";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.product"))("title") };
}

export default async function ProductPage() {
  return <Product models={await listDrawingModels((await currentOwner())?.id ?? null)} />;
}
