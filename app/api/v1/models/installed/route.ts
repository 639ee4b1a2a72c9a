import { isAbsolute } from "node:path";
import { AppError } from "@/lib/errors";
import { describeModel } from "@/lib/models/describe-model";
import { importModel as importIntoStudio } from "@/lib/models/import-model";
import { listModels } from "@/lib/models/list-models";
import { removeModel as removeFromStudio } from "@/lib/models/remove-model";
import { apiRoute } from "../../_api-route";
import { importModel, listInstalled, removeModel } from "../../_model-endpoints";

export const GET = apiRoute(listInstalled, async ({ owner }) =>
  Response.json({ models: await listModels(owner.id) }),
);

export const POST = apiRoute(importModel, async ({ body: { path } }) => {
  if (!isAbsolute(path)) throw new AppError("input_invalid", { details: { field: "path" } });
  const installed = await importIntoStudio(path);
  return Response.json(await describeModel(installed.kind, installed), { status: 201 });
});

export const DELETE = apiRoute(removeModel, async ({ query: { kind, name } }) => {
  await removeFromStudio(kind, name);
  return new Response(null, { status: 204 });
});
