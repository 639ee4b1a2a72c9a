import { z } from "zod";
import { SCENARIO_NAMES } from "@/lib/scenarios/scenario-inputs";
import { endpoint } from "./_endpoint";

export const listScenarios = endpoint({
  method: "get",
  path: "/scenarios",
  scope: "read",
  summary: "What can be made, and the JSON Schema of what each is told.",
  answers: {
    200: z.strictObject({
      scenarios: z.array(
        z.strictObject({
          name: z.enum(SCENARIO_NAMES),
          input: z.looseObject({}).describe("JSON Schema, draft 2020-12."),
        }),
      ),
    }),
  },
});

export const listModels = endpoint({
  method: "get",
  path: "/models",
  scope: "read",
  summary: "What can be drawn with.",
  answers: {
    200: z.strictObject({
      checkpoints: z.array(z.string()),
      usual: z.string().nullable().describe("What is drawn with where nobody chooses."),
      loras: z.array(
        z.strictObject({
          id: z.string().describe("As scenarios are told."),
          title: z.string(),
          triggerWords: z.array(z.string()),
        }),
      ),
    }),
  },
});

export const showDocument = endpoint({
  method: "get",
  path: "/openapi.json",
  scope: null,
  summary: "This document.",
  answers: { 200: z.looseObject({}) },
});
