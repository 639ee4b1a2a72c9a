"use client";

import { Button, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Logo } from "./_ui/shell/wordmark";

export default function NotFound() {
  const t = useTranslations("common.notFound");
  return (
    <Stack align="center" py={80} gap="md">
      <Logo size={72} />
      <Title order={1}>{t("title")}</Title>
      <Text c="dimmed" ta="center">
        {t("text")}
      </Text>
      <Button component={Link} href="/">
        {t("action")}
      </Button>
    </Stack>
  );
}
