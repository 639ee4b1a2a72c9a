import type { ReadCookie } from "@/lib/accounts/owner";

/** Reads a request's `Cookie` header; of two cookies with one name the first counts, as browsers order them. */
export function readCookies(header: string | null): ReadCookie {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, unescapeValue(part.slice(at + 1).trim()));
  }
  return (name) => cookies.get(name);
}

function unescapeValue(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A stray percent sign: the value as it came.
    return value;
  }
}
