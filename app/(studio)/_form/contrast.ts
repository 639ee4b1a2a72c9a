/** Relative luminance of `#rrggbb`, 0 black … 1 white. @source WCAG 2.2 */
export function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Readers look for dark on light: below this they start to lose modules in poor light. */
const LEAST_RATIO = 4;

export type ColourProblem = "inverted" | "faint" | null;

/** What would keep readers from telling two colours apart. */
export function colourProblem({ dark, light }: { dark: string; light: string }): ColourProblem {
  const [d, l] = [luminance(dark), luminance(light)];
  if (d >= l) return "inverted";
  return (l + 0.05) / (d + 0.05) < LEAST_RATIO ? "faint" : null;
}
