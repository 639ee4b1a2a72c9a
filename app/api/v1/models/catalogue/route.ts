import { searchCatalogue } from "@/lib/models/search-catalogue";
import { showCatalogue as showWholeCatalogue } from "@/lib/models/show-catalogue";
import { apiRoute } from "../../_api-route";
import { showCatalogue } from "../../_model-endpoints";

export const GET = apiRoute(showCatalogue, async ({ query, locale }) => {
  const found = new Set(searchCatalogue(query.words).map(({ id }) => id));
  const { models, bundles } = await showWholeCatalogue(locale);
  return Response.json({ models: models.filter(({ id }) => found.has(id)), bundles });
});
