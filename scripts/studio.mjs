import { becomeTypeScript, checkNode, ensureClient, ensurePackages } from "./ensure.mjs";

// npm run studio -- …: the headless command; what it prints is the program's alone.
checkNode();
await ensurePackages();
await ensureClient();
becomeTypeScript("scripts/studio/main.ts");
