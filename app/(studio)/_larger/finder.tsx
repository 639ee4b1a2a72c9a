"use client";

import { useTranslations } from "next-intl";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { pictureUrl } from "../_picture/picture-api";
import { type Place, PlaceField } from "../_picture/place-field";

interface FinderProps {
  larger: PictureDetails;
  place: Place;
  /** How many times larger the close-up is. */
  zoom: number;
  onChange: (place: Place) => void;
}

/** The whole picture, small, with the part that is looked at. */
export function Finder({ larger, place, zoom, onChange }: FinderProps) {
  const t = useTranslations("create.larger");
  const room = 1 - 1 / zoom;
  const percent = (value: number) => `${(value * 100).toFixed(2)}%`;
  // What is touched comes to the middle, as far as the picture reaches.
  const middle = (touched: number) => (touched - 0.5 / zoom) / room;
  return (
    <PlaceField
      label={t("move")}
      src={pictureUrl(larger.id, 320)}
      place={place}
      step={0.05}
      height={120}
      frame={{
        ...{ width: percent(1 / zoom), height: percent(1 / zoom) },
        ...{ left: percent(place.x * room), top: percent(place.y * room) },
      }}
      placeAt={({ x, y }) => ({ x: middle(x), y: middle(y) })}
      onChange={onChange}
    />
  );
}
