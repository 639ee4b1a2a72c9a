"use client";

import { Button, FileButton, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { GalleryPicker } from "../_picture/gallery-picker";
import { pictureUrl } from "../_picture/picture-api";
import { useUpload } from "../_picture/use-upload";
import classes from "./control-picture.module.css";

interface ControlPictureProps {
  pictureId: string | null;
  /** The picture that the drawing begins with; null where there is none. */
  begunWith: string | null;
  onChange: (id: string) => void;
}

/** The picture that a ControlNet follows. */
export function ControlPicture({ pictureId, begunWith, onChange }: ControlPictureProps) {
  const t = useTranslations("create.draw.controls");
  const [picking, picker] = useDisclosure(false);
  const { upload, start } = useUpload(onChange);
  const isSending = upload.state === "sending";
  return (
    <div className={classes.picture}>
      {pictureId === null ? (
        <span className={classes.nothing} aria-hidden />
      ) : (
        <img src={pictureUrl(pictureId, 320)} alt={t("pictureAlt")} className={classes.thumbnail} />
      )}
      <Group gap={8}>
        <FileButton onChange={(file) => file && start(file)}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="light" loading={isSending}>
              {t("upload")}
            </Button>
          )}
        </FileButton>
        <Button size="compact-sm" variant="default" onClick={picker.open}>
          {t("fromGallery")}
        </Button>
        {begunWith !== null && begunWith !== pictureId ? (
          <Button size="compact-sm" variant="default" onClick={() => onChange(begunWith)}>
            {t("begunWith")}
          </Button>
        ) : null}
        {upload.state === "failed" ? (
          <Text size="sm" c="red" role="alert">
            {upload.message || t("uploadFailed")}
          </Text>
        ) : null}
      </Group>
      <GalleryPicker
        opened={picking}
        onClose={picker.close}
        onPick={(id) => {
          onChange(id);
          picker.close();
        }}
      />
    </div>
  );
}
