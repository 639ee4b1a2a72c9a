import type { Locale } from "../errors";
import type { ModelKind } from "../inference/model-files";
import { type Bundle, type CatalogueModel, catalogue, type ModelUse, modelsOf, sizesOf } from "./catalogue";
import { type Fit, fitOf, roomForModels } from "./fits-machine";

/** A model of the catalogue, as screens show it. */
export interface CatalogueView {
  readonly id: string;
  readonly name: string;
  readonly kind: ModelKind;
  readonly family: string | null;
  readonly licence: string | null;
  readonly uses: readonly ModelUse[];
  readonly note: string;
  /** Null where nobody knows for certain before the host is asked. */
  readonly sizeBytes: number | null;
  /** As people are told; null where nobody knows at all. */
  readonly aboutBytes: number | null;
  readonly fit: Fit;
}

export interface BundleView {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Of the catalogue. */
  readonly models: readonly string[];
  /** Of all of it together. */
  readonly fit: Fit;
}

/** What there is elsewhere, and the room on the disk that models may take; null where nobody can tell. */
export interface CatalogueShown {
  readonly models: CatalogueView[];
  readonly bundles: BundleView[];
  readonly roomBytes: number | null;
}

/** All that the project knows of models elsewhere, in one language, and what fits this machine. */
export async function showCatalogue(locale: Locale): Promise<CatalogueShown> {
  const roomBytes = await roomForModels();
  const { models, bundles } = catalogue();
  return {
    models: models.map((model) => describeEntry(model, roomBytes, locale)),
    bundles: bundles.map((bundle) => describeBundle(bundle, roomBytes, locale)),
    roomBytes,
  };
}

/** @param roomBytes as `roomForModels` tells. */
export const describeEntry = (
  model: CatalogueModel,
  roomBytes: number | null,
  locale: Locale,
): CatalogueView => ({
  ...{ id: model.id, name: model.name, kind: model.kind, family: model.family, licence: model.licence },
  ...{ uses: model.uses, note: model.note[locale], ...sizesOf(model), fit: fitOf([model], roomBytes) },
});

/** @param roomBytes as `roomForModels` tells. */
export const describeBundle = (bundle: Bundle, roomBytes: number | null, locale: Locale): BundleView => ({
  ...{ id: bundle.id, models: bundle.models, title: bundle.title[locale], note: bundle.note[locale] },
  fit: fitOf(modelsOf(bundle), roomBytes),
});
