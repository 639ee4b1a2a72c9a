"use client";

import { Button, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconTrashX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { emptyTrash } from "./gallery-api";
import { useSay } from "./use-say";

/** The one thing here that can't be undone, so it asks. */
export function EmptyTrashButton({ disabled, onEmptied }: { disabled: boolean; onEmptied: () => void }) {
  const t = useTranslations("gallery.trash");
  const say = useSay();
  const confirm = () =>
    modals.openConfirmModal({
      title: t("confirmTitle"),
      children: <Text size="sm">{t("confirmText")}</Text>,
      labels: { confirm: t("confirm"), cancel: t("keep") },
      confirmProps: { color: "red" },
      onConfirm: async () => {
        try {
          const count = await emptyTrash();
          onEmptied();
          say.done(t("emptied", { count }));
        } catch (error) {
          say.failed(error);
        }
      },
    });
  return (
    <Button
      variant="default"
      disabled={disabled}
      onClick={confirm}
      leftSection={<IconTrashX size={18} stroke={1.8} aria-hidden />}
    >
      {t("empty")}
    </Button>
  );
}
