"use client";

import { Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ToldPull } from "@/app/api/models/pulls/_tell-pull";
import type { ModelView } from "@/lib/models/describe-model";
import type { CatalogueShown } from "@/lib/models/show-catalogue";
import gallery from "../_gallery/gallery.module.css";
import { AddByAddress } from "./add-by-address";
import { BundleCard } from "./bundle-card";
import { CatalogueBrowser } from "./catalogue-browser";
import { InstalledModels } from "./installed-models";
import classes from "./models.module.css";
import { OwnLoras } from "./own-loras";
import type { ToldPreview } from "./own-preview";
import { PullList } from "./pull-list";
import type { Standing } from "./standing";
import { usePulls } from "./use-pulls";

interface ModelsProps {
  models: readonly ModelView[];
  catalogue: CatalogueShown;
  first: readonly ToldPull[];
  /** Of one's own LoRAs, by their ids. */
  previews: Readonly<Record<string, ToldPreview>>;
  /** `first`: a guest where nobody looks after the studio yet. */
  reader: "operator" | "account" | "guest" | "first";
}

/** The model library: bundles first, what is on its way, what is here, one's own, and everything else there is. */
export function Models({ models, catalogue, first, previews, reader }: ModelsProps) {
  const t = useTranslations("models");
  const { pulls, request, steer } = usePulls(first);
  const isOperator = reader === "operator";
  const here = new Set(models.map(({ catalogueId }) => catalogueId));
  const coming = new Set(pulls.map(({ source }) => source));
  const standingOf = (id: string): Standing =>
    here.has(id) ? "here" : coming.has(id) ? "coming" : "elsewhere";
  const byId = new Map(catalogue.models.map((model) => [model.id, model]));
  return (
    <div className={gallery.page}>
      <div className={gallery.head}>
        <Title order={1} className={gallery.title ?? ""}>
          {t("title")}
        </Title>
      </div>
      <Text c="dimmed" maw={680} mt={4}>
        {t("text")}
      </Text>
      {isOperator ? null : <Notice reader={reader} />}
      <PullList pulls={pulls} nameOf={(source) => byId.get(source)?.name ?? source} onSteer={steer} />
      <section aria-labelledby="bundles-title" className={classes.section}>
        <Title order={2} size="h3" id="bundles-title">
          {t("bundles")}
        </Title>
        <ul className={classes.grid}>
          {catalogue.bundles.map((bundle) => (
            <BundleCard
              key={bundle.id}
              bundle={bundle}
              models={bundle.models.flatMap((id) => byId.get(id) ?? [])}
              standingOf={standingOf}
              roomBytes={catalogue.roomBytes}
              onGet={isOperator ? request : null}
            />
          ))}
        </ul>
      </section>
      <InstalledModels models={models} isOperator={isOperator} />
      <OwnLoras
        loras={models.filter(({ origin }) => origin === "own")}
        previews={previews}
        isGuest={reader === "guest" || reader === "first"}
      />
      <CatalogueBrowser
        models={catalogue.models}
        standingOf={standingOf}
        onGet={isOperator ? (id) => void request([id]) : null}
      />
      {isOperator ? <AddByAddress onRequest={(source) => request([source])} /> : null}
    </div>
  );
}

/** Why there is nothing to press, and who can. */
function Notice({ reader }: { reader: "account" | "guest" | "first" }) {
  const t = useTranslations("models");
  return (
    <Text size="sm" className={classes.notice ?? ""}>
      {t.rich(`notice.${reader}`, {
        link: (text) => <Link href={reader === "first" ? "/account?tab=signUp" : "/account"}>{text}</Link>,
        code: (text) => <code>{text}</code>,
      })}
    </Text>
  );
}
