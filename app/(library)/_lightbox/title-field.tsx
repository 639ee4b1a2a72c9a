"use client";

import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_TITLE_CHARS } from "@/lib/pictures/picture-title";
import { useSay } from "../_gallery/use-say";

/** Changes what is written of a picture. */
export type WritePicture = (
  picture: PictureView,
  words: { title?: string; caption?: string },
) => Promise<void>;

interface TitleProps {
  picture: PictureView;
  onWrite: WritePicture;
}

/** The title, to change in place: kept on Enter and when one goes on to something else. */
export function TitleField({ picture, onWrite }: TitleProps) {
  const t = useTranslations("gallery.details");
  const say = useSay();
  const [title, setTitle] = useState(picture.title);
  const keep = async () => {
    const wish = title.trim();
    if (wish === picture.title) return;
    try {
      await onWrite(picture, { title: wish });
      say.done(t("saved"));
    } catch (error) {
      setTitle(picture.title);
      say.failed(error);
    }
  };
  return (
    <TextInput
      label={t("name")}
      placeholder={t("nameHint")}
      value={title}
      maxLength={MAX_TITLE_CHARS}
      onChange={(event) => setTitle(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
