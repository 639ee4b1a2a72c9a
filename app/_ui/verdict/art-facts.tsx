"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ArtReport } from "./art-report";
import classes from "./verdict.module.css";

/** Who read the drawing before the code was woven in, what the jury said of both, and how alike they are. */
export function ArtFacts({ report: { before, jury, fidelity } }: { report: ArtReport }) {
  const t = useTranslations("verdict.art");
  const format = useFormatter();
  return (
    <>
      <p className={classes.small}>{t("before", { readers: before.readers, of: before.of })}</p>
      {before.jury ? (
        <p className={classes.small}>
          {t("jury", { before: Math.round(before.jury.score), after: Math.round(jury.score) })}
        </p>
      ) : null}
      {fidelity ? (
        <p className={classes.small}>
          {t("kept", {
            part: format.number(fidelity.ssim, { style: "percent", maximumFractionDigits: 0 }),
          })}
        </p>
      ) : null}
    </>
  );
}
