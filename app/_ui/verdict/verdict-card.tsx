"use client";

import { Button, Collapse, Progress, RingProgress, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useFormatter, useTranslations } from "next-intl";
import { DECODERS } from "@/lib/qr/jury/decoder-names";
import type { Level } from "@/lib/qr/jury/levels";
import type { StoredVerdict } from "./verdict";
import classes from "./verdict.module.css";
import { VerdictTable } from "./verdict-table";

/** Who reads the code and under which conditions: a sentence, a bar for each decoder, every cell on demand. */
export function VerdictCard({ verdict, level }: { verdict: StoredVerdict; level: Level }) {
  const t = useTranslations("verdict");
  const format = useFormatter();
  const [open, details] = useDisclosure(false);
  const score = Math.round(verdict.score);
  return (
    <section className={classes.verdict} aria-labelledby="verdict-title">
      <div className={classes.summary}>
        <RingProgress
          className={classes.score ?? ""}
          size={84}
          thickness={8}
          roundCaps
          sections={[{ value: score, color: "lagoon" }]}
          label={
            <Text ta="center" fw={800} fz={22} aria-label={t("score", { score })}>
              {score}
            </Text>
          }
        />
        <div>
          <h2 className={classes.headline} id="verdict-title">
            {t(`headline.${level}`)}
          </h2>
          <p className={classes.small}>{t("tested", { count: verdict.cells.length })}</p>
        </div>
      </div>
      <ul className={classes.decoders}>
        {DECODERS.map((name) => {
          const { read = 0, of = 0 } = verdict.byDecoder[name] ?? {};
          return (
            <li key={name} className={classes.decoder}>
              <span className={classes.decoderName}>{t(`decoders.${name}.name`)}</span>
              <span className={classes.decoderCount}>{t("readOf", { read, of })}</span>
              <Progress
                className={classes.bar ?? ""}
                value={of === 0 ? 0 : (read / of) * 100}
                color="lagoon"
                size={6}
                aria-hidden
              />
              <span className={classes.decoderText}>{t(`decoders.${name}.text`)}</span>
            </li>
          );
        })}
      </ul>
      {verdict.leastUnusedEcc !== null ? (
        <p className={classes.small}>
          {verdict.leastUnusedEcc > 0
            ? t("reserve", {
                part: format.number(verdict.leastUnusedEcc, { style: "percent", maximumFractionDigits: 0 }),
              })
            : t("reserveNone")}
        </p>
      ) : null}
      <Button variant="subtle" size="compact-sm" mt="xs" onClick={details.toggle} aria-expanded={open}>
        {open ? t("hideDetails") : t("showDetails")}
      </Button>
      <Collapse expanded={open}>
        <VerdictTable verdict={verdict} />
      </Collapse>
    </section>
  );
}
