"use client";

import { Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ModelUse } from "@/lib/models/catalogue";
import type { CatalogueView } from "@/lib/models/show-catalogue";
import { CatalogueCard } from "./catalogue-card";
import classes from "./models.module.css";
import type { Standing } from "./standing";

const USES = ["all", "qr-art", "portrait", "character-album", "product", "free-play", "search"] as const;

interface BrowserProps {
  models: readonly CatalogueView[];
  standingOf: (id: string) => Standing;
  onGet: ((id: string) => void) | null;
}

/** Everything in the catalogue, by what it is for and by words. */
export function CatalogueBrowser({ models, standingOf, onGet }: BrowserProps) {
  const t = useTranslations("models");
  const [use, setUse] = useState<ModelUse | "all">("all");
  const [words, setWords] = useState("");
  const found = models.filter(
    (model) => (use === "all" || model.uses.includes(use)) && hasWords(model, words),
  );
  return (
    <section aria-labelledby="catalogue-title" className={classes.section}>
      <Title order={2} size="h3" id="catalogue-title">
        {t("catalogue")}
      </Title>
      <div className={classes.filters}>
        <fieldset className={classes.uses}>
          <legend className={classes.hidden}>{t("uses.label")}</legend>
          {USES.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === use}
              className={classes.use}
              onClick={() => setUse(one)}
            >
              {t(`uses.${one}`)}
            </button>
          ))}
        </fieldset>
        <TextInput
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          placeholder={t("search")}
          aria-label={t("search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          className={classes.search ?? ""}
          type="search"
        />
      </div>
      {found.length === 0 ? <Text c="dimmed">{t("nothingFound")}</Text> : null}
      <ul className={classes.grid}>
        {found.map((model) => (
          <CatalogueCard key={model.id} model={model} standing={standingOf(model.id)} onGet={onGet} />
        ))}
      </ul>
    </section>
  );
}

function hasWords({ id, name, kind, note, licence }: CatalogueView, words: string): boolean {
  const text = [id, name, kind, note, licence].join(" ").toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
