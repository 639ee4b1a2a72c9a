"use client";

import { Button, NumberInput, Popover, Select, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { LookName } from "@/lib/qr/looks/look";
import classes from "./download-menu.module.css";

const PIXELS = ["png", "webp", "jpeg"] as const;
const DRAWINGS = ["svg", "pdf"] as const;
type Format = (typeof PIXELS)[number] | (typeof DRAWINGS)[number];

const SIZES_PX = [512, 1024, 2048, 4096];
const FIRST_MM = 40;

interface DownloadMenuProps {
  pictureId: string;
  look: LookName;
  /** Pixels a side of the stored code; downloads start at that. */
  sizePx: number;
}

/** The code to take away: pixels at several sizes, and drawings in millimetres where the look is drawn. */
export function DownloadMenu({ pictureId, look, sizePx }: DownloadMenuProps) {
  const t = useTranslations("studio.download");
  const [format, setFormat] = useState<Format>("png");
  const [size, setSize] = useState(sizePx);
  const [mm, setMm] = useState(FIRST_MM);
  const formats = look === "photo" ? PIXELS : [...PIXELS, ...DRAWINGS];
  const inMillimetres = format === "svg" || format === "pdf";
  const sizes = [...new Set([...SIZES_PX, sizePx])].sort((a, b) => a - b);
  const query = new URLSearchParams(
    inMillimetres ? { format, mm: String(mm) } : { format, size: String(size) },
  );
  return (
    <Popover position="bottom-start" width={300} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button leftSection={<IconDownload size={18} aria-hidden />}>{t("title")}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.form}>
          <Select
            label={t("format")}
            value={format}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={formats.map((value) => ({ value, label: t(`formats.${value}`) }))}
            onChange={(value) => value && setFormat(value)}
          />
          {inMillimetres ? (
            <NumberInput
              label={t("width")}
              suffix=" mm"
              min={10}
              max={1000}
              value={mm}
              onChange={(value) => typeof value === "number" && setMm(value)}
            />
          ) : (
            <Select
              label={t("size")}
              value={String(size)}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
              data={sizes.map((value) => ({ value: String(value), label: t("pixels", { size: value }) }))}
              onChange={(value) => value && setSize(Number(value))}
            />
          )}
          <Button component="a" href={`/api/codes/${pictureId}/export?${query}`} download fullWidth>
            {t("save")}
          </Button>
          {inMillimetres ? (
            <Text size="xs" c="dimmed">
              {t("printHint", { metres: (mm / 100).toFixed(1) })}
            </Text>
          ) : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
