"use client";

import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { getJson } from "@/app/_ui/api/api-client";
import type { RestoredDrawing } from "@/lib/drawing/restore-drawing";
import { lacksPictures } from "./draw-form";

/** @returns null for a picture whose file says nothing. @throws ApiError */
export async function fetchDrawing(pictureId: string, signal: AbortSignal): Promise<RestoredDrawing | null> {
  const address = `/api/pictures/${pictureId}/drawing`;
  return (await getJson<{ drawing: RestoredDrawing | null }>(address, signal)).drawing;
}

/** Says what a picture's text gave back, and what it could not. */
export function useTellRestored(): (drawing: RestoredDrawing) => void {
  const t = useTranslations("create.draw.restore");
  return useCallback(
    (drawing) => {
      const { missing } = drawing;
      const lacking = [
        ...(missing.length > 0 ? [t("missing", { names: missing.join(", ") })] : []),
        ...(lacksPictures(drawing) ? [t("pictures")] : []),
      ];
      notifications.show({
        title: t("taken"),
        message: lacking.join(" "),
        ...(lacking.length > 0 && { color: "orange", autoClose: false }),
      });
    },
    [t],
  );
}
