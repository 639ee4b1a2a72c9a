import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Glazed terracotta: the one loud colour. Shade 7 carries white text (5.4 : 1), shade 4 carries ink (6.5 : 1). */
const clay: MantineColorsTuple = [
  "#fff1eb",
  "#ffe0d3",
  "#ffc0a8",
  "#ff9d79",
  "#fb7d50",
  "#f0622f",
  "#dc4d1a",
  "#bd3e12",
  "#96310f",
  "#6f240b",
];

/** Sea glass: success, selection, links in passing. */
const lagoon: MantineColorsTuple = [
  "#e6f7f5",
  "#c9ece8",
  "#98d9d2",
  "#63c4ba",
  "#38b0a5",
  "#1c9a8f",
  "#0f8279",
  "#0b6a63",
  "#0a534e",
  "#073c39",
];

/** Stone instead of Mantine's blue-grey, to go with the paper. */
const gray: MantineColorsTuple = [
  "#f8f6f2",
  "#f1ede6",
  "#e8e2d8",
  "#dcd5c8",
  "#c9c1b2",
  "#a69f91",
  "#7f796d",
  "#59544b",
  "#3d3933",
  "#26231f",
];

/** Ink with a drop of violet: dark surfaces and text, so that neither scheme is plain grey. */
const dark: MantineColorsTuple = [
  "#e9e7f1",
  "#c3c0d3",
  "#a29fb6",
  "#7d7a94",
  "#4a4760",
  "#393650",
  "#2a2840",
  "#1f1d32",
  "#171626",
  "#0f0e1a",
];

const SYSTEM_FONTS =
  'ui-rounded, "SF Pro Rounded", -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", ' +
  'Roboto, "Noto Sans", "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", ' +
  '"Noto Sans SC", "Noto Sans CJK SC", sans-serif';

/** Filled and clay: white on the dark shade of the light scheme, ink on the light shade of the dark one. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  const isClay = input.color === undefined || input.color === input.theme.primaryColor;
  return input.variant === "filled" && isClay
    ? { ...colours, color: "var(--mantine-primary-color-contrast)" }
    : colours;
};

/** The look of the whole app: warm paper or ink, clay for what matters, tile-like corners, no web fonts. */
export const theme = createTheme({
  primaryColor: "clay",
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver,
  colors: { clay, lagoon, gray, dark },
  black: "#1b1b2f",
  fontFamily: SYSTEM_FONTS,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  headings: { fontFamily: SYSTEM_FONTS, fontWeight: "750" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "8px", md: "12px", lg: "18px", xl: "28px" },
  cursorType: "pointer",
  respectReducedMotion: true,
});

/** Surfaces that our own style sheets use beside Mantine's variables. */
export const surfaces: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#faf7f1",
    "--mantine-primary-color-contrast": "#ffffff",
    "--mantine-color-dimmed": "#625d6e",
    "--mantine-color-placeholder": "#6f6a7b",
    "--mantine-color-anchor": "#a8370f",
    "--studio-card": "#ffffff",
    "--studio-sunken": "#f1ece2",
    "--studio-line": "#e3dccf",
    "--studio-shadow": "0 1px 2px rgb(60 40 20 / 6%), 0 12px 32px -12px rgb(60 40 20 / 16%)",
  },
  dark: {
    "--mantine-color-body": "#141321",
    "--mantine-primary-color-contrast": "#1b1b2f",
    "--mantine-color-dimmed": "#a9a6bd",
    "--mantine-color-placeholder": "#9a97af",
    "--mantine-color-anchor": "#ff9d79",
    "--studio-card": "#1d1b2e",
    "--studio-sunken": "#100f1b",
    "--studio-line": "#322f48",
    "--studio-shadow": "0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px -12px rgb(0 0 0 / 60%)",
  },
});
