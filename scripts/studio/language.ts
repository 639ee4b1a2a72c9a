import type { Locale } from "@/lib/errors";

/** What `--lang` says, wherever it stands among the arguments; null where nobody says anything. */
export function askedLocale(args: readonly string[] = process.argv.slice(2)): Locale | null {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  const said = options.flatMap((arg, i) =>
    arg === "--lang"
      ? [options[i + 1] ?? ""]
      : arg.startsWith("--lang=")
        ? [arg.slice("--lang=".length)]
        : [],
  );
  const last = said.at(-1);
  return last === undefined ? null : localeOf(last);
}

/** The language in which a terminal is told things: the one asked for, else the system's; English where that is another. */
export const locale = (): Locale => askedLocale() ?? localeOf(Intl.DateTimeFormat().resolvedOptions().locale);

const localeOf = (name: string): Locale => (/^zh\b/i.test(name.replace("_", "-")) ? "zh" : "en");
