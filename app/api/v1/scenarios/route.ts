import { z } from "zod";
import { SCENARIO_NAMES, scenarioInputs } from "@/lib/scenarios/scenario-inputs";
import { apiRoute } from "../_api-route";
import { listScenarios } from "../_studio-endpoints";

export const GET = apiRoute(listScenarios, async () =>
  Response.json({
    scenarios: SCENARIO_NAMES.map((name) => ({
      name,
      input: z.toJSONSchema(scenarioInputs[name], { io: "input" }),
    })),
  }),
);
