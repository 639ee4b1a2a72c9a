"use client";

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { ApiError } from "@/app/_ui/api/api-client";

/** Long enough to read, think again, and reach the button. */
const UNDO_MS = 10_000;

/** Says what happened, with a way back where there is one, and what went wrong, in the person's words. */
export function useSay() {
  const t = useTranslations("gallery");
  const done = useCallback((message: string) => notifications.show({ message, color: "lagoon" }), []);

  const failed = useCallback(
    (error: unknown) => {
      const message = error instanceof ApiError && error.message ? error.message : t("failed");
      notifications.show({ message, color: "red", role: "alert" });
    },
    [t],
  );

  const undoable = useCallback(
    (message: string, undo: () => Promise<void>) => {
      const id = notifications.show({
        autoClose: UNDO_MS,
        color: "lagoon",
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{message}</Text>
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                notifications.hide(id);
                undo().catch(failed);
              }}
            >
              {t("trash.undo")}
            </Button>
          </Group>
        ),
      });
    },
    [t, failed],
  );
  return { done, failed, undoable };
}
