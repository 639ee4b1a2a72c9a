import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listModels } from "@/lib/models/list-models";
import { Larger } from "../../_larger/larger";

interface LargerPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create.larger"))("title") };
}

export default async function LargerPage({ searchParams }: LargerPageProps) {
  const start = z
    .uuid()
    .nullable()
    .catch(null)
    .parse((await searchParams).picture);
  const upscalers = await listModels((await currentOwner())?.id ?? null, ["upscaler"]);
  return <Larger upscalers={upscalers.map(({ id, title }) => ({ value: id, label: title }))} start={start} />;
}
