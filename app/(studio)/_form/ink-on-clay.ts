/** Of a chip that is chosen: white is too faint on the light clay of the dark scheme. */
export const inkOnClay = () => ({ root: { "--chip-color": "var(--mantine-primary-color-contrast)" } });
