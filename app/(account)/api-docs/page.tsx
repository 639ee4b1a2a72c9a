import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ApiDocs } from "../_api-docs/api-docs";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiDocs");
  return { title: t("title") };
}

/** What programs can ask for, to read and to try. */
export default function ApiDocsPage() {
  return <ApiDocs />;
}
