// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are what a file's name may not have
const UNFIT = /[/\\<>:"|?*\u0000-\u001f\u007f]/g;
const MOST_CHARS = 120;
/** File systems take 255 bytes; a model's draft, part and record are called as it is, and a little longer. */
const MOST_BYTES = 220;

/** A name that any file system takes, hidden by none, and that leads nowhere else: of what a stranger calls a model. */
export function safeName(name: string): string {
  const fit = cut(name.normalize("NFC").replace(UNFIT, "_").trim());
  return fit.replace(/^\.+/, "").replace(/[. ]+$/, "") || "model";
}

/** By whole characters: half of one is no text. */
function cut(text: string): string {
  let fit = "";
  for (const char of Array.from(text).slice(0, MOST_CHARS)) {
    if (Buffer.byteLength(fit + char) > MOST_BYTES) break;
    fit += char;
  }
  return fit;
}

/** Whether a path, with "/", stays within the folder that it is in, and hides nothing. */
export const isInside = (path: string): boolean =>
  path !== "" &&
  !path.includes("\\") &&
  path.split("/").every((part) => part !== "" && !part.startsWith("."));
