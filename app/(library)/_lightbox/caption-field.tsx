"use client";

import { Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { MAX_CAPTION_CHARS } from "@/lib/pictures/picture-caption";
import { useSay } from "../_gallery/use-say";
import type { WritePicture } from "./title-field";

/** What is told beneath the picture, to change in place: kept when one goes on to something else. */
export function CaptionField({ picture, onWrite }: { picture: PictureView; onWrite: WritePicture }) {
  const t = useTranslations("gallery.details");
  const say = useSay();
  const [caption, setCaption] = useState(picture.caption);
  const keep = async () => {
    const wish = caption.trim();
    if (wish === picture.caption) return;
    try {
      await onWrite(picture, { caption: wish });
      say.done(t("captionSaved"));
    } catch (error) {
      setCaption(picture.caption);
      say.failed(error);
    }
  };
  return (
    <Textarea
      mt="sm"
      label={t("caption")}
      placeholder={t("captionHint")}
      value={caption}
      maxLength={MAX_CAPTION_CHARS}
      autosize
      minRows={2}
      maxRows={8}
      onChange={(event) => setCaption(event.currentTarget.value)}
      onBlur={keep}
    />
  );
}
