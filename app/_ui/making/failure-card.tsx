"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { errorMessage } from "@/lib/errors";
import type { Making } from "./job-update";

interface FailureCardProps {
  failure: Extract<Making, { phase: "failed" }>;
  onRetry: (() => void) | null;
  onDismiss: () => void;
}

/** What went wrong, in the reader's language, with another try where that can help. */
export function FailureCard({ failure, onRetry, onDismiss }: FailureCardProps) {
  const t = useTranslations("studio.make");
  const locale = useLocale();
  const written = failure.message || (failure.code === "offline" ? t("offline") : null);
  return (
    <Alert
      color="red"
      role="alert"
      w="100%"
      icon={<IconAlertTriangle aria-hidden />}
      withCloseButton
      closeButtonLabel={t("dismiss")}
      onClose={onDismiss}
    >
      <Text size="sm">{written ?? errorMessage(failure.code, {}, locale)}</Text>
      {onRetry ? (
        <Group mt="xs">
          <Button size="xs" variant="default" onClick={onRetry}>
            {t("retry")}
          </Button>
        </Group>
      ) : null}
    </Alert>
  );
}
