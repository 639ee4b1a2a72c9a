"use client";

import {
  IconCircles,
  IconGridDots,
  IconLayoutBoard,
  IconPhoto,
  IconQrcode,
  IconWritingSign,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { LOOKS, type LookName } from "@/lib/qr/looks/look";
import { RasterCanvas } from "../_preview/raster-canvas";
import type { LookThumbnails } from "../_preview/use-look-thumbnails";
import { ChoiceCards } from "./choice-cards";
import { Section } from "./section";

const ICONS: Record<LookName, typeof IconPhoto> = {
  photo: IconPhoto,
  halftone: IconGridDots,
  mosaic: IconLayoutBoard,
  dots: IconCircles,
  ink: IconWritingSign,
  classic: IconQrcode,
};

interface LookPanelProps {
  look: LookName;
  thumbnails: LookThumbnails;
  onChange: (look: LookName) => void;
}

/** The looks as cards that show one's own picture in each of them. */
export function LookPanel({ look, thumbnails, onChange }: LookPanelProps) {
  const t = useTranslations("looks");
  return (
    <Section title={t("title")} hint={t(`${look}.text`)}>
      <ChoiceCards
        legend={t("title")}
        layout="tiles"
        value={look}
        onChange={onChange}
        choices={LOOKS.map((name) => {
          const Icon = ICONS[name];
          const raster = thumbnails[name];
          return {
            value: name,
            label: t(`${name}.name`),
            media: raster ? <RasterCanvas raster={raster} /> : <Icon size={34} stroke={1.4} aria-hidden />,
          };
        })}
      />
    </Section>
  );
}
