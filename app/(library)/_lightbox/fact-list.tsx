"use client";

import { ColorSwatch, Group } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { readCode } from "@/app/_ui/verdict/verdict";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { type QrPictureInput, qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { DrawingFacts } from "./drawing-facts";
import { Fact } from "./fact";
import classes from "./lightbox.module.css";

/** The picture's facts; for a code or a drawing also the settings that made it. */
export function FactList({ details }: { details: PictureDetails }) {
  const t = useTranslations("gallery.details");
  const format = useFormatter();
  const input = qrPictureInput.safeParse(details.settings);
  // Facts are loaded in the browser, so its own clock may tell the time.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <dl className={classes.facts}>
      {details.kind === "code" && input.success ? <CodeFacts input={input.data} details={details} /> : null}
      <DrawingFacts details={details} />
      <Fact name={t("kind")}>{t(`kinds.${details.kind}`)}</Fact>
      <Fact name={t("added")}>
        {format.dateTime(new Date(details.createdAt), { dateStyle: "medium", timeStyle: "short", timeZone })}
      </Fact>
      <Fact name={t("size")}>
        {t("dimensions", { width: details.width, height: details.height })} ·{" "}
        {fileSize(details.sizeBytes, format)}
      </Fact>
    </dl>
  );
}

function CodeFacts({ input, details }: { input: QrPictureInput; details: PictureDetails }) {
  const t = useTranslations("gallery.details");
  const looks = useTranslations("looks");
  const levels = useTranslations("levels");
  const { version, ecc } = readCode(details.verdict);
  return (
    <>
      <Fact name={t("says")}>
        <span className={classes.says}>{input.text}</span>
      </Fact>
      <Fact name={t("look")}>{looks(`${input.look}.name`)}</Fact>
      <Fact name={t("level")}>{levels(`${input.level}.name`)}</Fact>
      {version && ecc ? <Fact name={t("version")}>{t("versionValue", { version, ecc })}</Fact> : null}
      {input.look === "photo" || input.look === "mosaic" ? null : (
        <Fact name={t("colours")}>
          <Group gap={6} component="span">
            {[input.colours.dark, input.colours.light].map((colour) => (
              <Group gap={6} key={colour} component="span">
                <ColorSwatch color={colour} size={16} component="span" />
                {colour}
              </Group>
            ))}
          </Group>
        </Fact>
      )}
      <Fact name={t("seed")}>{input.seed}</Fact>
    </>
  );
}

function fileSize(sizeBytes: number, format: ReturnType<typeof useFormatter>): string {
  const [amount, unit] =
    sizeBytes < 1_000_000 ? [sizeBytes / 1000, "kilobyte"] : [sizeBytes / 1_000_000, "megabyte"];
  return format.number(amount, { style: "unit", unit, maximumFractionDigits: amount < 10 ? 1 : 0 });
}
