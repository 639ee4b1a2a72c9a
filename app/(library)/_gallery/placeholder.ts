import { thumbHashToDataURL } from "thumbhash";

const drawn = new Map<string, string>();

/** A thumbhash as a CSS background: a blurred likeness that is there before the picture is. */
export function placeholderOf(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const known = drawn.get(thumbhash);
  if (known) return known;
  const bytes = Uint8Array.from(atob(thumbhash), (char) => char.charCodeAt(0));
  const background = `url("${thumbHashToDataURL(bytes)}") center / 100% 100%`;
  drawn.set(thumbhash, background);
  return background;
}
