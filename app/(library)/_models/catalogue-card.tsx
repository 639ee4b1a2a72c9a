"use client";

import { Badge, Button, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { formatBytes } from "@/lib/models/format-bytes";
import type { CatalogueView } from "@/lib/models/show-catalogue";
import { FitTrouble } from "./fit-trouble";
import classes from "./models.module.css";
import type { Standing } from "./standing";

interface CardProps {
  model: CatalogueView;
  standing: Standing;
  /** Null for those who may not. */
  onGet: ((id: string) => void) | null;
}

/** A model of the catalogue: what it is for, what it takes, and whether this machine can. */
export function CatalogueCard({ model, standing, onGet }: CardProps) {
  const t = useTranslations("models");
  const { id, name, kind, licence, note, fit } = model;
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <Title order={3} size="h5">
          {name}
        </Title>
        <Badge variant="light" color="gray" tt="none" className={classes.kind ?? ""}>
          {t(`kinds.${kind}`)}
        </Badge>
      </div>
      <Text size="sm">{note}</Text>
      <dl className={classes.facts}>
        <dt>{t("size")}</dt>
        <dd>
          <ModelSize model={model} />
        </dd>
        <dt>{t("licence")}</dt>
        <dd>{licence ?? t("noLicence")}</dd>
        {fit.secondsOnTwoCores === null ? null : (
          <>
            <dt>{t("speed")}</dt>
            <dd>
              {t(fit.memory === "int8" ? "minutesInt8" : "minutes", {
                count: Math.max(1, Math.round(fit.secondsOnTwoCores / 60)),
                steps: fit.steps ?? 0,
              })}
            </dd>
          </>
        )}
      </dl>
      {standing === "here" ? null : <FitTrouble disk={fit.disk} memory={fit.memory} />}
      <div className={classes.foot}>
        {standing === "elsewhere" ? (
          onGet && (
            <Button
              size="sm"
              variant="light"
              disabled={fit.disk === "full"}
              leftSection={<IconDownload size={16} stroke={1.8} aria-hidden />}
              onClick={() => onGet(id)}
              aria-label={t("getNamed", { name })}
            >
              {t("get")}
            </Button>
          )
        ) : (
          <Text size="sm" fw={600} className={classes.here ?? ""}>
            {t(standing)}
          </Text>
        )}
      </div>
    </li>
  );
}

function ModelSize({ model: { sizeBytes, aboutBytes } }: { model: CatalogueView }) {
  const t = useTranslations("models");
  if (sizeBytes !== null) return formatBytes(sizeBytes);
  return aboutBytes === null ? t("sizeUnknown") : t("sizeAbout", { size: formatBytes(aboutBytes) });
}
