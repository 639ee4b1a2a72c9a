"use client";

import { ActionIcon, Button, CopyButton, Group, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { placeLabel } from "@/lib/places/place-label";
import { hidePlace } from "../_gallery/gallery-api";
import { useSay } from "../_gallery/use-say";
import { Fact } from "./fact";

interface PlaceFactProps {
  details: PictureDetails;
  onChange: (details: PictureDetails) => void;
}

/** Where the picture was taken, for its owner alone, who may remove it; nothing where no camera noted it. */
export function PlaceFact({ details, onChange }: PlaceFactProps) {
  const t = useTranslations("gallery.exif");
  const locale = useLocale();
  const say = useSay();
  const { place, placeHidden, exif } = details;
  const hide = async (hidden: boolean) => {
    try {
      onChange(await hidePlace(details.id, hidden));
      say.done(t(hidden ? "placeRemoved" : "placeRestored"));
    } catch (error) {
      say.failed(error);
    }
  };
  if (!placeHidden && !exif?.place) return null;
  return (
    <Fact name={t("place")}>
      {place ? <Text size="sm">{placeLabel(place, locale)}</Text> : null}
      {exif?.place ? <CopyableCoordinates {...exif.place} /> : null}
      <Text size="xs" c="dimmed">
        {t(placeHidden ? "placeHidden" : "placePrivate")}
      </Text>
      {/* One button for both, so that whoever pressed it stands where they stood. */}
      <Button size="compact-sm" variant="default" mt={6} onClick={() => hide(!placeHidden)}>
        {t(placeHidden ? "placeBack" : "placeRemove")}
      </Button>
    </Fact>
  );
}

type Coordinates = NonNullable<NonNullable<PictureDetails["exif"]>["place"]>;

const FINE = { maximumFractionDigits: 5 } as const;

/** As maps everywhere understand them. */
function CopyableCoordinates({ latitude, longitude }: Coordinates) {
  const t = useTranslations("gallery.exif");
  const format = useFormatter();
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm">
        {format.number(latitude, FINE)}°, {format.number(longitude, FINE)}°
      </Text>
      <CopyButton value={`${latitude}, ${longitude}`}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? "copied" : "copy")} withinPortal={false}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t(copied ? "copied" : "copy")}
              onClick={copy}
            >
              {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
