import { checkNode, ensureBuild, ensureClient, ensurePackages, giveUp, step } from "./ensure.mjs";

checkNode();
try {
  await step("1/3 Installing packages", ensurePackages);
  await step("2/3 Preparing the database client", ensureClient);
  await step("3/3 Building the app", () => ensureBuild({ show: true, force: true }));
} catch (error) {
  giveUp(error.message);
}
