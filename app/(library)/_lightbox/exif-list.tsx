"use client";

import { Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { Fact } from "./fact";
import classes from "./lightbox.module.css";
import { PlaceFact } from "./place-fact";

interface ExifProps {
  details: PictureDetails;
  onChange: (details: PictureDetails) => void;
}

/** What the camera noted: when, with what, how, and where. */
export function ExifList({ details, onChange }: ExifProps) {
  const { takenAt, exif, placeHidden } = details;
  const t = useTranslations("gallery.exif");
  const format = useFormatter();
  const { make, model, lens } = exif ?? {};
  const settings = useSettings(exif ?? {});
  if (takenAt === null && exif === null && !placeHidden) return null;
  return (
    <section aria-label={t("title")}>
      <Text size="sm" c="dimmed" mt="md">
        {t("title")}
      </Text>
      <dl className={classes.facts}>
        {takenAt === null ? null : (
          <Fact name={t("taken")}>
            {/* The camera's clock as it stood, wherever it was: written as UTC, so read as UTC. */}
            {format.dateTime(new Date(takenAt), {
              dateStyle: "medium",
              timeStyle: "short",
              timeZone: "UTC",
            })}
          </Fact>
        )}
        {make || model ? <Fact name={t("camera")}>{cameraName(make, model)}</Fact> : null}
        {lens ? <Fact name={t("lens")}>{lens}</Fact> : null}
        {settings ? <Fact name={t("settings")}>{settings}</Fact> : null}
        <PlaceFact details={details} onChange={onChange} />
      </dl>
    </section>
  );
}

type Exif = NonNullable<PictureDetails["exif"]>;

/** In one line, as photographers write it: 1/250 s · ƒ/2.8 · ISO 100 · 35 mm. */
function useSettings({ exposure, fNumber, iso, focalLength }: Exif): string {
  const t = useTranslations("gallery.exif");
  const format = useFormatter();
  const short = (value: number) => format.number(value, { maximumFractionDigits: 1, useGrouping: false });
  return [
    exposure === undefined
      ? null
      : t("seconds", {
          time: exposure < 0.4 ? `1/${Math.round(1 / exposure)}` : short(exposure),
        }),
    fNumber === undefined ? null : `ƒ/${short(fNumber)}`,
    iso === undefined ? null : `ISO ${iso}`,
    focalLength === undefined ? null : t("millimetres", { length: short(focalLength) }),
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

/** Most models' names begin with their maker's. */
function cameraName(make = "", model = ""): string {
  const [maker] = make.split(" ");
  return maker && model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${make} ${model}`.trim();
}
