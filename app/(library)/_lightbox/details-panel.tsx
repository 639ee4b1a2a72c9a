"use client";

import { Alert, Button, Group, Skeleton, Stack, Title } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconBrush,
  IconPhotoPlus,
  IconPhotoSearch,
  IconSparkles,
} from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type SyntheticEvent, useEffect, useState } from "react";
import { readVerdict } from "@/app/_ui/verdict/verdict";
import { VerdictCard } from "@/app/_ui/verdict/verdict-card";
import type { PictureDetails, PictureView } from "@/lib/pictures/describe-picture";
import { qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { MOST_SOURCE_PX } from "@/lib/scenarios/upscale/upscale.input";
import { loadDetails } from "../_gallery/gallery-api";
import { ShareButton } from "../_shares/share-button";
import { ArtChanges } from "./art-changes";
import { CaptionField } from "./caption-field";
import { ExifList } from "./exif-list";
import { FactList } from "./fact-list";
import classes from "./lightbox.module.css";
import { ReadText } from "./read-text";
import { TagList } from "./tag-list";
import { TitleField, type WritePicture } from "./title-field";

interface DetailsProps {
  picture: PictureView;
  onWrite: WritePicture;
}

/** Everything that is known about the picture in view, and what to make of it next. */
export function DetailsPanel({ picture, onWrite }: DetailsProps) {
  const t = useTranslations("gallery");
  const [details, setDetails] = useState<PictureDetails | "failed" | null>(null);
  useEffect(() => {
    let isGone = false;
    loadDetails(picture.id)
      .catch(() => "failed" as const)
      .then((loaded) => isGone || setDetails(loaded));
    return () => {
      isGone = true;
    };
  }, [picture.id]);

  return (
    // Keys, wheels and fingers in here are meant for the panel, not for the viewer around it.
    <aside className={classes.details} aria-label={t("details.title")} {...keptInside}>
      <Title order={2} size="h4" mb="sm">
        {t("details.title")}
      </Title>
      <TitleField picture={picture} onWrite={onWrite} />
      <CaptionField picture={picture} onWrite={onWrite} />
      <NextSteps picture={picture} />
      {details === null ? <Skeleton height={180} radius="md" aria-label={t("details.loading")} /> : null}
      {details === "failed" ? <Alert color="red">{t("failed")}</Alert> : null}
      {details !== null && details !== "failed" ? (
        <>
          <FactList details={details} />
          <ExifList details={details} onChange={setDetails} />
          <TagList id={picture.id} />
          <ReadText id={picture.id} />
          <Verdict details={details} />
          <ArtChanges details={details} />
        </>
      ) : null}
    </aside>
  );
}

function NextSteps({ picture }: { picture: PictureView }) {
  const t = useTranslations("gallery.details");
  if (picture.trashedAt !== null) return null;
  return (
    <Group gap="xs" my="md">
      {picture.kind === "code" ? (
        <Button
          component={Link}
          href={`/?like=${picture.id}`}
          leftSection={<IconSparkles size={18} stroke={1.8} aria-hidden />}
        >
          {t("makeLike")}
        </Button>
      ) : null}
      <Button
        component={Link}
        href={`/?picture=${picture.id}`}
        variant={picture.kind === "code" ? "default" : "filled"}
        leftSection={<IconPhotoPlus size={18} stroke={1.8} aria-hidden />}
      >
        {t("usePicture")}
      </Button>
      <Button
        component={Link}
        href={`/gallery?like=${picture.id}`}
        variant="default"
        leftSection={<IconPhotoSearch size={18} stroke={1.8} aria-hidden />}
      >
        {t("similar")}
      </Button>
      <Button
        component={Link}
        href={`/create/draw?picture=${picture.id}`}
        variant="default"
        leftSection={<IconBrush size={18} stroke={1.8} aria-hidden />}
      >
        {t(picture.kind === "drawing" ? "drawLike" : "drawFrom")}
      </Button>
      {picture.kind === "code" || Math.max(picture.width, picture.height) > MOST_SOURCE_PX ? null : (
        <Button
          component={Link}
          href={`/create/larger?picture=${picture.id}`}
          variant="default"
          leftSection={<IconArrowsMaximize size={18} stroke={1.8} aria-hidden />}
        >
          {t("larger")}
        </Button>
      )}
      <ShareButton thing={{ pictureId: picture.id }} />
    </Group>
  );
}

function Verdict({ details }: { details: PictureDetails }) {
  const t = useTranslations("gallery.details");
  const verdict = readVerdict(details.verdict);
  const input = qrPictureInput.safeParse(details.settings);
  if (!verdict) return null;
  return (
    <Stack gap="xs" mt="lg" role="group" aria-label={t("verdict")}>
      <VerdictCard verdict={verdict} level={input.success ? input.data.level : "balanced"} />
    </Stack>
  );
}

const stop = (event: SyntheticEvent) => event.stopPropagation();
const keptInside = {
  onPointerDown: stop,
  onPointerMove: stop,
  onPointerUp: stop,
  onWheel: stop,
  onClick: stop,
  onKeyDown: (event: KeyboardEvent) => {
    // Escape still closes the viewer.
    if (event.key !== "Escape") event.stopPropagation();
  },
};
