"use client";

import { Alert, Button, Progress } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconLayoutGrid, IconPhotoPlus } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useDropzone } from "react-dropzone";
import { ChoiceCards } from "../_form/choice-cards";
import { Section } from "../_form/section";
import type { PictureChoice } from "../_form/studio-form";
import { GalleryPicker } from "./gallery-picker";
import classes from "./picture-panel.module.css";
import { type Sample, sampleUrl } from "./sample";
import type { Upload } from "./use-upload";

interface PicturePanelProps {
  samples: readonly Sample[];
  picture: PictureChoice | null;
  /** What is chosen, small; null when nothing is. */
  thumbnailUrl: string | null;
  upload: Upload;
  onFile: (file: File) => void;
  onChoose: (picture: PictureChoice) => void;
  onDismiss: () => void;
  /** Shown under the picture: which part of it is used. */
  focus: ReactNode;
}

/** Where the picture comes from: dropped, chosen, pasted, from the gallery, or a sample. */
export function PicturePanel(props: PicturePanelProps) {
  const { samples, picture, thumbnailUrl, upload, onFile, onChoose, onDismiss, focus } = props;
  const t = useTranslations("studio.picture");
  const locale = useLocale();
  const [picking, picker] = useDisclosure(false);
  // No `accept`: the server looks at the bytes and says precisely what is wrong with a file.
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    multiple: false,
    noClick: true,
    noKeyboard: true,
    onDrop: ([file]) => file && onFile(file),
  });
  return (
    <Section title={t("title")}>
      <div {...getRootProps({ className: classes.drop, "data-over": isDragActive || undefined })}>
        <input {...getInputProps({ "aria-label": t("choose") })} />
        {thumbnailUrl ? <img src={thumbnailUrl} alt="" className={classes.thumbnail} /> : null}
        <div className={classes.words}>
          <div className={classes.buttons}>
            <Button
              size="sm"
              variant="light"
              leftSection={<IconPhotoPlus size={18} aria-hidden />}
              onClick={open}
            >
              {t("choose")}
            </Button>
            <Button
              size="sm"
              variant="default"
              leftSection={<IconLayoutGrid size={18} aria-hidden />}
              onClick={picker.open}
            >
              {t("fromGallery")}
            </Button>
          </div>
          <p className={classes.hint}>{isDragActive ? t("dropNow") : t("dropHint")}</p>
        </div>
      </div>
      {focus}
      {upload.state === "sending" ? (
        <Progress
          mt="sm"
          value={upload.progress * 100}
          aria-label={t("uploading", { name: upload.name })}
          animated
        />
      ) : null}
      {upload.state === "failed" ? (
        <Alert
          mt="sm"
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          withCloseButton
          closeButtonLabel={t("dismiss")}
          onClose={onDismiss}
        >
          {upload.message || t("uploadFailed")}
        </Alert>
      ) : null}
      {samples.length > 0 ? (
        <>
          <p className={classes.samples}>{t("samples")}</p>
          <ChoiceCards
            legend={t("samples")}
            layout="strip"
            value={picture?.from === "sample" ? picture.name : null}
            choices={samples.map((sample) => ({
              value: sample.name,
              label: sample.alt[locale],
              media: <img src={sampleUrl(sample)} alt="" width={72} height={72} loading="lazy" />,
            }))}
            onChange={(name) => onChoose({ from: "sample", name })}
          />
        </>
      ) : null}
      <GalleryPicker
        opened={picking}
        onClose={picker.close}
        onPick={(id) => {
          onChoose({ from: "gallery", id });
          picker.close();
        }}
      />
    </Section>
  );
}
