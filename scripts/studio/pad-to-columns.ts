import stringWidth from "string-width";

/** With spaces behind it, or before it where it stands at the right. On a terminal a Chinese character takes two columns. */
export function padToColumns(text: string, columns: number, side: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, columns - stringWidth(text)));
  return side === "left" ? text + space : space + text;
}
