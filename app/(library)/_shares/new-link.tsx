"use client";

import { Alert, Button, Group, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

/** The link that was just made, to copy: it is not shown again. */
export function NewLink({ link, onAnother }: { link: string; onAnother: () => void }) {
  const t = useTranslations("shares");
  const { copy, copied } = useClipboard();
  return (
    <Alert color="lagoon" title={t("made")} icon={<IconCheck aria-hidden />}>
      <TextInput
        readOnly
        aria-label={t("link")}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
        mb="sm"
      />
      <Group gap="xs">
        <Button leftSection={<IconCopy size={18} stroke={1.8} aria-hidden />} onClick={() => copy(link)}>
          {t(copied ? "copied" : "copy")}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t("another")}
        </Button>
      </Group>
    </Alert>
  );
}
