const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** "2.9 GB", "723 MB": by thousands, as disks and downloads are told. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1000;
  return `${value >= 9.95 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
