import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "./usage-error";

/**
 * A command's arguments as `parseArgs` reads them, strictly; what it would refuse in English alone is refused here before.
 * @throws UsageError
 */
export function parseOptions<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  const { options = {}, allowPositionals = false } = config;
  const { tokens } = parseArgs({ ...config, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens ?? []) {
    if (token.kind === "positional" && !allowPositionals) throw new UsageError("unexpected", token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) throw new UsageError("unknownOption", rawName);
    if (option.type === "boolean" && value !== undefined) throw new UsageError("valueUnexpected", rawName);
    if (option.type === "boolean") continue;
    if (value === undefined) throw new UsageError("valueMissing", rawName);
    // `--out --json` has rather lost its value than taken the next option for one.
    if (!inlineValue && value.length > 1 && value.startsWith("-"))
      throw new UsageError("valueDashed", rawName, value);
  }
  return parseArgs(config);
}
