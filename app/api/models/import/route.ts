import { isAbsolute } from "node:path";
import { z } from "zod";
import { requireOperator } from "@/lib/accounts/require-operator";
import { describeModel } from "@/lib/models/describe-model";
import { importModel } from "@/lib/models/import-model";
import { readJson } from "../../_body";
import { route } from "../../_route";

const input = z.object({ path: z.string().min(1).max(4_000).refine(isAbsolute) });

/** Installs a model that lies on the studio's machine already: 201 with `{model}`; for operators alone. */
export const POST = route(async ({ request, findOwner }) => {
  requireOperator(await findOwner());
  const { path } = input.parse(await readJson(request));
  const installed = await importModel(path);
  return Response.json({ model: await describeModel(installed.kind, installed) }, { status: 201 });
});
