// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what a file's name may not have
const UNFIT = /[/\\<>:"|?*\u0000-\u001f\u007f]/g;
const MOST_CHARS = 120;

/** A name that any file system takes, hidden by none, and that leads nowhere else: of what a stranger calls a model. */
export function safeName(name: string): string {
  const fit = name.normalize("NFC").replace(UNFIT, "_").trim().slice(0, MOST_CHARS);
  return fit.replace(/^\.+/, "").replace(/[. ]+$/, "") || "model";
}

/** Whether a path, with "/", stays within the folder that it is in, and hides nothing. */
export const isInside = (path: string): boolean =>
  path !== "" &&
  !path.includes("\\") &&
  path.split("/").every((part) => part !== "" && !part.startsWith("."));
