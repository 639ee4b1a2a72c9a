"use client";

import { Button, FileButton } from "@mantine/core";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

/** Chooses files to add. */
export function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("gallery.upload");
  return (
    <FileButton onChange={onFiles} accept="image/*,.zip,application/zip" multiple>
      {(props) => (
        <Button {...props} leftSection={<IconPhotoPlus size={18} stroke={1.8} aria-hidden />}>
          {t("button")}
        </Button>
      )}
    </FileButton>
  );
}
