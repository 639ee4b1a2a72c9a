import { errorMessage, type Locale, toAppError } from "@/lib/errors";
import { qr } from "./qr";
import { UsageError } from "./usage-error";
import { verify } from "./verify";

// The studio from a terminal: one command a file; each prints for people, or one JSON object with --json.

const COMMANDS = { qr, verify };
const USAGE = `Usage: npm run studio -- COMMAND [options]

  qr --text TEXT [--picture FILE] --out FILE.(png|webp|jpg|svg|pdf)
     [--look photo|halftone|mosaic|dots|ink|classic] [--level art|balanced|everywhere]
     [--size 1024] [--version auto|1…40] [--ecc auto|L|M|Q|H] [--seed 1]
     [--dark #1b1b2f] [--light #ffffff] [--corner-radius 0.5] [--logo] [--focus 0.5,0.5] [--mm 40]
  verify FILE [--text TEXT]

  --json       print one JSON object        --lang en|zh   language of messages

Exit status: 0 done · 1 it could not be done (the code says why) · 2 the command was not understood`;

const locale = (): Locale => {
  const at = process.argv.indexOf("--lang");
  const asked = at > 0 ? process.argv[at + 1] : Intl.DateTimeFormat().resolvedOptions().locale;
  return asked?.startsWith("zh") ? "zh" : "en";
};

async function main(): Promise<number> {
  const [name = "", ...rest] = process.argv.slice(2);
  const json = rest.includes("--json");
  try {
    if (name === "--help" || name === "help" || name === "") throw new UsageError("");
    if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(`There is no command “${name}”.`);
    return await COMMANDS[name as keyof typeof COMMANDS](rest);
  } catch (thrown) {
    if (thrown instanceof UsageError || isArgumentError(thrown)) {
      const message = (thrown as Error).message;
      if (json) console.log(JSON.stringify({ error: { code: "usage", message } }));
      console.error(`${message}${message ? "\n\n" : ""}${USAGE}`);
      return 2;
    }
    const error = toAppError(thrown);
    const message = errorMessage(error.code, error.details, locale());
    if (json) console.log(JSON.stringify({ error: { code: error.code, message, details: error.details } }));
    else console.error(`${message} (${error.code})`);
    if (error.code === "internal") console.error(thrown);
    return 1;
  }
}

const isArgumentError = (thrown: unknown): boolean =>
  String((thrown as { code?: unknown } | null)?.code).startsWith("ERR_PARSE_ARGS");

process.exitCode = await main();
