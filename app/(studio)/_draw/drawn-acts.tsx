"use client";

import { Button } from "@mantine/core";
import { IconAdjustments, IconArrowsShuffle, IconPhotoEdit, IconQrcode } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";
import { MadeActs } from "../_create/made-acts";

interface DrawnActsProps {
  picture: PictureDetails;
  onTakeSettings: () => void;
  onVary: () => void;
  /** Begins the next drawing with this one. */
  onGoOn: () => void;
}

/** What one can do with a drawing; a sheet is none that could be drawn again. */
export function DrawnActs({ picture, onTakeSettings, onVary, onGoOn }: DrawnActsProps) {
  const t = useTranslations("create.draw");
  return (
    <MadeActs picture={picture}>
      {isSheet(picture) ? null : (
        <>
          <Button
            variant="default"
            leftSection={<IconAdjustments size={18} aria-hidden />}
            onClick={onTakeSettings}
          >
            {t("takeSettings")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowsShuffle size={18} aria-hidden />}
            onClick={onVary}
          >
            {t("vary")}
          </Button>
        </>
      )}
      <Button variant="default" leftSection={<IconPhotoEdit size={18} aria-hidden />} onClick={onGoOn}>
        {t("goOn")}
      </Button>
      <Button
        variant="default"
        component={Link}
        href={`/?picture=${picture.id}`}
        leftSection={<IconQrcode size={18} aria-hidden />}
      >
        {t("asCode")}
      </Button>
    </MadeActs>
  );
}

const isSheet = ({ settings }: PictureDetails): boolean =>
  (textToImageInput.safeParse(settings).data?.sheet ?? null) !== null;
