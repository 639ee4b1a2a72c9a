"use client";

import { Button, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";

/** What a page shows when it throws; the digest is the line to look for in the log. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("common");
  return (
    <Stack align="center" py={80} gap="md" role="alert">
      <Title order={1}>{t("error.title")}</Title>
      <Text c="dimmed" ta="center">
        {t("error.text")}
      </Text>
      {error.digest ? (
        <Text size="sm" c="dimmed">
          {t("error.code", { digest: error.digest })}
        </Text>
      ) : null}
      <Button onClick={reset}>{t("retry")}</Button>
    </Stack>
  );
}
