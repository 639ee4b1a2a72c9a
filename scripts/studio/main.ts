import { errorMessage, toAppError } from "@/lib/errors";
import { INTERRUPTED } from "./generate-progress";
import { locale } from "./language";
import type { Messages } from "./messages/en";
import { messages } from "./messages/messages";
import { UsageError } from "./usage-error";

// The studio from a terminal: one command a file; each prints for people, or one JSON object with --json.

// Results are all that stdout is for; whoever asks for the log gets it there.
process.env.LOG_LEVEL ||= "silent";

type CommandName = keyof Messages["usage"]["commands"];

// Each brings only what it needs itself.
const COMMANDS: Readonly<Record<CommandName, () => Promise<(args: string[]) => Promise<number>>>> = {
  qr: async () => (await import("./qr")).qr,
  verify: async () => (await import("./verify")).verify,
  portrait: async () => (await import("./portrait")).portrait,
  product: async () => (await import("./product")).product,
  generate: async () => (await import("./generate")).generate,
  "qr-art": async () => (await import("./qr-art")).qrArt,
  "character-album": async () => (await import("./character-album")).characterAlbum,
  upscale: async () => (await import("./upscale")).upscale,
  inspect: async () => (await import("./inspect")).inspect,
  tag: async () => (await import("./tag")).tag,
  search: async () => (await import("./search")).search,
  album: async () => (await import("./album")).album,
  models: async () => (await import("./models")).models,
};

/** As they stand together in the usage. */
const GROUPS: readonly (readonly CommandName[])[] = [
  ["qr", "verify"],
  ["portrait", "product"],
  ["generate", "character-album", "upscale", "qr-art", "inspect", "tag"],
  ["search", "album"],
  ["models"],
];

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** @param name of a command, of which alone it is told then. */
function usageOf(name: string): string {
  const { head, commands, foot } = messages().usage;
  const groups = isCommand(name) ? [[name]] : GROUPS;
  const told = groups.map((group) => group.map((each) => commands[each]).join("\n"));
  return [head, ...told, foot].join("\n\n");
}

async function main(): Promise<number> {
  const [name = "", ...rest] = process.argv.slice(2);
  const json = rest.includes("--json");
  try {
    // An option in the place of a command asks for all of them.
    const asksForHelp = ["", "help"].includes(name) || name.startsWith("-") || rest.includes("--help");
    if (asksForHelp) return explain(name, "", json);
    if (!isCommand(name)) throw new UsageError("unknownCommand", name);
    const command = await COMMANDS[name]();
    return await command(rest);
  } catch (thrown) {
    if (thrown instanceof UsageError) return explain(name, thrown.message, json);
    const error = toAppError(thrown);
    const message = errorMessage(error.code, error.details, locale());
    if (json) console.log(JSON.stringify({ error: { code: error.code, message, details: error.details } }));
    else console.error(`${message} (${error.code})`);
    if (error.code === "internal") console.error(thrown);
    return error.code === "cancelled" ? INTERRUPTED : 1;
  }
}

/** Answers what was not understood with what would be. */
function explain(name: string, message: string, json: boolean): number {
  if (json) console.log(JSON.stringify({ error: { code: "usage", message } }));
  console.error([message, usageOf(name)].filter(Boolean).join("\n\n"));
  return 2;
}

process.exitCode = await main();
