"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ModelView } from "@/lib/models/describe-model";
import { ModelRows } from "./model-rows";
import classes from "./models.module.css";

/** What everybody here draws with: what was brought in first, and what ships behind it. */
export function InstalledModels({
  models,
  isOperator,
}: {
  models: readonly ModelView[];
  isOperator: boolean;
}) {
  const t = useTranslations("models");
  const shared = models.filter(({ origin }) => origin !== "own");
  const installed = shared.filter(({ origin }) => origin === "installed");
  const shipped = shared.filter(({ origin }) => origin === "shipped");
  const mayRemove = ({ origin }: ModelView) => isOperator && origin === "installed";
  return (
    <section aria-labelledby="installed-title" className={classes.section}>
      <Title order={2} size="h3" id="installed-title">
        {t("installed")}
      </Title>
      {installed.length > 0 ? <ModelRows models={installed} mayRemove={mayRemove} /> : null}
      <details className={classes.shipped}>
        <summary>{t("shippedCount", { count: shipped.length })}</summary>
        <ModelRows models={shipped} mayRemove={mayRemove} />
      </details>
    </section>
  );
}
