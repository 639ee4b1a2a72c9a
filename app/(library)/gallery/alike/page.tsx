import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { listAlike } from "@/lib/pictures/list-alike";
import { Alike } from "../../_alike/alike";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("gallery.alike");
  return { title: t("title") };
}

/** Uploads that are nearly the same, in groups. */
export default async function AlikePage() {
  const owner = await currentOwner();
  return <Alike groups={owner ? await listAlike(owner.id) : []} />;
}
