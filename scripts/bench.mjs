import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { becomeTypeScript, checkNode, ensureClient, ensurePackages, giveUp, ROOT } from "./ensure.mjs";

// npm run bench -- NAME [options] runs scripts/bench/NAME.ts.
checkNode();
const [name = ""] = process.argv.splice(2, 1);
const file = `scripts/bench/${name}.ts`;
if (!/^[a-z0-9-]+$/.test(name) || !existsSync(path.join(ROOT, file))) {
  const folder = path.join(ROOT, "scripts/bench");
  const names = existsSync(folder) ? readdirSync(folder).filter((entry) => entry.endsWith(".ts")) : [];
  giveUp(`Which bench? npm run bench -- ${names.map((entry) => entry.slice(0, -3)).join(" | ")}`);
}
await ensurePackages();
await ensureClient();
becomeTypeScript(file);
