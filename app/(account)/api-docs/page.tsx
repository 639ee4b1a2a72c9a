import { Anchor, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ApiViewer } from "../_api-docs/api-viewer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiDocs");
  return { title: t("title") };
}

/** What programs can ask for, to read and to try. */
export default async function ApiDocsPage() {
  const t = await getTranslations("apiDocs");
  return (
    <>
      <Title order={1}>{t("title")}</Title>
      <Text c="dimmed" mb="md">
        {t("lead")}{" "}
        <Anchor component={Link} href="/account#keys">
          {t("makeKey")}
        </Anchor>
      </Text>
      <ApiViewer />
    </>
  );
}
