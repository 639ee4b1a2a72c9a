"use client";

import { Anchor, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ApiViewer } from "./api-viewer";

/** What the API is for and where its keys are made; below it, all of it. */
export function ApiDocs() {
  const t = useTranslations("apiDocs");
  return (
    <>
      <Title order={1}>{t("title")}</Title>
      <Text c="dimmed">
        {t("lead")}{" "}
        <Anchor component={Link} href="/account#keys" inherit underline="always">
          {t("makeKey")}
        </Anchor>
      </Text>
      <Text c="dimmed" mb="md">
        {t("once")}
      </Text>
      <ApiViewer />
    </>
  );
}
