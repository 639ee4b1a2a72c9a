import type { TestProject } from "vitest/node";
import { removeData, startApp } from "./app-server";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the app that all browser tests share; each person in it is a guest of their own. */
    appUrl: string;
  }
}

/** Starts the built app once for all browser tests; they reach it by `inject("appUrl")`. */
export default async function setup(project: TestProject) {
  const app = await startApp();
  project.provide("appUrl", app.url);
  return async () => {
    await app.stop();
    await removeData(app);
  };
}
