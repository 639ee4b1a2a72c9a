"use client";

import { IconPhotoPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDropzone } from "react-dropzone";
import classes from "./gallery.module.css";

/** Takes files that are dropped anywhere on what it holds. What they are is the server's to judge. */
export function DropTarget({ onFiles, children }: { onFiles: (files: File[]) => void; children: ReactNode }) {
  const t = useTranslations("gallery.upload");
  const { getRootProps, isDragActive } = useDropzone({
    onDrop: onFiles,
    noClick: true,
    noKeyboard: true,
    noDragEventsBubbling: true,
  });
  // It is no control: keys and screen readers have the button.
  const { tabIndex: _, role: __, ...drag } = getRootProps();
  return (
    <div {...drag} className={classes.page}>
      {children}
      {isDragActive ? (
        <div className={classes.drop}>
          <IconPhotoPlus size={56} stroke={1.4} aria-hidden />
          {t("drop")}
        </div>
      ) : null}
    </div>
  );
}
