import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentOwner } from "@/lib/accounts/current-owner";
import { showWords } from "@/lib/words/show-words";
import { Words } from "../../_words/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("words");
  return { title: t("title") };
}

/** The words that one's pictures are told by. */
export default async function WordsPage() {
  const owner = await currentOwner();
  return <Words first={await showWords(owner?.id ?? null)} />;
}
