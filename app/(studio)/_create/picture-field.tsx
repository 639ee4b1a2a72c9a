"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { pictureUrl } from "../_picture/picture-api";
import { PicturePanel } from "../_picture/picture-panel";
import { usePastedPicture } from "../_picture/use-pasted-picture";
import { useUpload } from "../_picture/use-upload";

interface PictureFieldProps {
  /** One of the owner's pictures. */
  pictureId: string | null;
  onChange: (id: string | null) => void;
}

/** One of one's own pictures: dropped, chosen, pasted, or from the gallery. */
export function PictureField({ pictureId, onChange }: PictureFieldProps) {
  const t = useTranslations("create.picture");
  const [localUrls, setLocalUrls] = useState<ReadonlyMap<string, string>>(new Map());
  const onUploaded = useCallback(
    (id: string, localUrl: string) => {
      setLocalUrls((before) => new Map(before).set(id, localUrl));
      onChange(id);
    },
    [onChange],
  );
  const { upload, start, dismiss } = useUpload(onUploaded);
  usePastedPicture(start);
  const shown = pictureId && (localUrls.get(pictureId) ?? pictureUrl(pictureId, 640));
  return (
    <PicturePanel
      samples={[]}
      picture={pictureId === null ? null : { from: "gallery", id: pictureId }}
      thumbnailUrl={upload.state === "sending" ? upload.localUrl : shown}
      upload={upload}
      onFile={start}
      onChoose={(choice) => choice.from === "gallery" && onChange(choice.id)}
      onDismiss={dismiss}
      focus={
        pictureId === null ? null : (
          <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => onChange(null)}>
            {t("without")}
          </Button>
        )
      }
    />
  );
}
