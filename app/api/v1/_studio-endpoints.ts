import { z } from "zod";
import { SCENARIO_NAMES } from "@/lib/scenarios/scenario-inputs";
import { choicesView } from "./_choice-views";
import { endpoint } from "./_endpoint";

export const listScenarios = endpoint({
  method: "get",
  path: "/scenarios",
  scope: "read",
  orScope: "make",
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

export const listChoices = endpoint({
  method: "get",
  path: "/choices",
  scope: "read",
  orScope: "make",
  summary: "Every name that scenarios' inputs take here, what it is for, and which models it goes with.",
  answers: { 200: choicesView },
});

export const showQuota = endpoint({
  method: "get",
  path: "/quota",
  scope: "read",
  summary: "What you may still begin today.",
  answers: {
    200: z.strictObject({
      quota: z
        .strictObject({
          limit: z.int().describe("Jobs that you may begin in a day."),
          left: z.int(),
          renewsAt: z.iso.datetime().describe("When the next day begins."),
        })
        .nullable()
        .describe("Null where there is no end."),
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
