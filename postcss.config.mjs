/** For our CSS modules: `light-dark()` follows the chosen colour scheme. Breakpoints are written out (sm = 48em). */
export default { plugins: { "postcss-preset-mantine": {} } };
