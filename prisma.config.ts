import { defineConfig } from "prisma/config";

/** No URL here: the app connects through driver adapters (lib/db/client.ts), and `generate` needs no database. */
export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
