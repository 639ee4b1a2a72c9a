import type { Locale } from "../errors";
import type { ModelKind } from "../inference/model-files";
import { type Bundle, type CatalogueModel, catalogue, knownSize, type ModelUse } from "./catalogue";
import { type Fit, fitsMachine } from "./fits-machine";

/** A model of the catalogue, as screens show it. */
export interface CatalogueView {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  readonly family: string | null;
  readonly licence: string;
  readonly uses: readonly ModelUse[];
  readonly note: string;
  /** Null where nobody knows before the host is asked. */
  readonly sizeBytes: number | null;
  readonly fit: Fit;
}

export interface BundleView {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Of the catalogue. */
  readonly models: readonly string[];
}

/** All that the project knows of models elsewhere, in one language, and what fits this machine. */
export async function showCatalogue(
  locale: Locale,
): Promise<{ models: CatalogueView[]; bundles: BundleView[] }> {
  const fits = await fitsMachine();
  const { models, bundles } = catalogue();
  return {
    models: models.map((model) => viewOf(model, fits[model.id]!, locale)),
    bundles: bundles.map((bundle) => describeBundle(bundle, locale)),
  };
}

const viewOf = (model: CatalogueModel, fit: Fit, locale: Locale): CatalogueView => ({
  ...{ id: model.id, name: model.name, kind: model.kind, family: model.family, licence: model.licence },
  ...{ uses: model.uses, note: model.note[locale], sizeBytes: knownSize(model), fit },
});

const describeBundle = ({ id, title, note, models }: Bundle, locale: Locale): BundleView => ({
  ...{ id, models, title: title[locale], note: note[locale] },
});
