"use client";

import { ActionIcon, Alert, Button, CopyButton, Stack, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { NewApiKey } from "@/lib/accounts/make-api-key";

/** The key that was just made, and what its webhooks are signed with: neither is shown again. */
export function NewApiKeyCard({ made, onDone }: { made: NewApiKey; onDone: () => void }) {
  const t = useTranslations("account.keys");
  return (
    <Alert color="lagoon" title={t("made")} icon={<IconCheck aria-hidden />}>
      <Stack gap="sm">
        {t("once")}
        <Secret label={t("key")} value={made.token} />
        <Secret label={t("secret")} description={t("secretHint")} value={made.webhookSecret} />
        <Button variant="default" onClick={onDone} style={{ alignSelf: "flex-start" }}>
          {t("done")}
        </Button>
      </Stack>
    </Alert>
  );
}

interface SecretProps {
  label: string;
  description?: string;
  value: string;
}

function Secret({ label, description, value }: SecretProps) {
  const t = useTranslations("account.keys");
  return (
    <TextInput
      readOnly
      {...{ label, description, value }}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="subtle"
              onClick={copy}
              aria-label={copied ? t("copied") : t("copy", { what: label })}
            >
              {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      }
    />
  );
}
