"use client";

import { ActionIcon, Button, FileButton } from "@mantine/core";
import { IconFolderPlus, IconPhotoPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./gallery.module.css";

/** Of the input: all files of a folder, and of those in it. React's types do not know it. */
const FOLDER = { webkitdirectory: "", multiple: true };

/** Chooses files to add, or a folder of them. */
export function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("gallery.upload");
  return (
    <>
      <FileButton onChange={onFiles} multiple inputProps={FOLDER}>
        {(props) => (
          <ActionIcon
            {...props}
            variant="default"
            size={36}
            className={classes.folderButton ?? ""}
            aria-label={t("folder")}
            title={t("folder")}
          >
            <IconFolderPlus size={18} stroke={1.8} aria-hidden />
          </ActionIcon>
        )}
      </FileButton>
      <FileButton onChange={onFiles} accept="image/*,.zip,application/zip" multiple>
        {(props) => (
          <Button {...props} leftSection={<IconPhotoPlus size={18} stroke={1.8} aria-hidden />}>
            {t("button")}
          </Button>
        )}
      </FileButton>
    </>
  );
}
