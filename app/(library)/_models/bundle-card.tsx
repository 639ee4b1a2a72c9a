"use client";

import { Button, Text, Title } from "@mantine/core";
import { IconCheck, IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { formatBytes } from "@/lib/models/format-bytes";
import type { BundleView, CatalogueView } from "@/lib/models/show-catalogue";
import { sumSizes } from "@/lib/models/sum-sizes";
import { FitTrouble } from "./fit-trouble";
import classes from "./models.module.css";
import type { Standing } from "./standing";

interface CardProps {
  bundle: BundleView;
  /** Its models, in its order. */
  models: readonly CatalogueView[];
  standingOf: (id: string) => Standing;
  /** Room on the disk that models may take; null where nobody can tell. */
  roomBytes: number | null;
  /** Null for those who may not. */
  onGet: ((ids: readonly string[]) => void) | null;
}

/** What belongs together for one purpose, with one button for what is still missing. */
export function BundleCard({ bundle, models, standingOf, roomBytes, onGet }: CardProps) {
  const t = useTranslations("models");
  const missing = models.filter(({ id }) => standingOf(id) === "elsewhere");
  const isFull = roomBytes !== null && sumSizes(missing).bytes > roomBytes;
  const isComing = models.some(({ id }) => standingOf(id) === "coming");
  return (
    <li className={classes.card}>
      <Title order={3} size="h4">
        {bundle.title}
      </Title>
      <Text size="sm">{bundle.note}</Text>
      <ul className={classes.parts}>
        {models.map(({ id, name }) => (
          <li key={id} data-here={standingOf(id) === "here"}>
            {standingOf(id) === "here" ? (
              <IconCheck size={14} stroke={2.4} aria-label={t("here")} role="img" />
            ) : null}
            {name}
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt="auto">
        <BundleSize models={models} />
      </Text>
      {missing.length > 0 ? <FitTrouble disk={isFull ? "full" : "fits"} memory={bundle.fit.memory} /> : null}
      {missing.length > 0 && onGet ? (
        <Button
          fullWidth
          disabled={isFull}
          leftSection={<IconDownload size={18} stroke={1.8} aria-hidden />}
          onClick={() => onGet(missing.map(({ id }) => id))}
          aria-label={t("getNamed", { name: bundle.title })}
        >
          {missing.length < models.length ? t("getRest") : t("get")}
        </Button>
      ) : null}
      {missing.length === 0 ? (
        <Text size="sm" fw={600} className={classes.here ?? ""}>
          {isComing ? t("coming") : t("here")}
        </Text>
      ) : null}
    </li>
  );
}

function BundleSize({ models }: { models: readonly CatalogueView[] }) {
  const t = useTranslations("models");
  const { bytes, is } = sumSizes(models);
  const values = { count: models.length, size: formatBytes(bytes) };
  return t(`bundle.${bytes === 0 ? "unknown" : is}`, values);
}
