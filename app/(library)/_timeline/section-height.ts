import { rowHeightAt, SINGLE_ROW_HEIGHT, spacingAt } from "../_gallery/justified-rows";

/** What a month's name takes, with the room around it. */
const HEADING = 58;

interface Sized {
  count: number;
  /** The sum of the pictures' sides' ratios. */
  ratio: number;
  hasHeading: boolean;
}

/**
 * How high a section's rows will be, as nearly as can be told without laying them out.
 * @param width of the grid, in CSS pixels.
 */
export function sectionHeight({ count, ratio, hasHeading }: Sized, width: number): number {
  if (count === 0) return 0;
  const gap = spacingAt(width);
  const rows = Math.max(1, Math.round((ratio * rowHeightAt(width) + count * gap) / width));
  const rowHeight = (rows * width - (count - rows) * gap) / ratio;
  const whole = rows === 1 ? Math.min(rowHeight, SINGLE_ROW_HEIGHT) : rows * rowHeight;
  return Math.round(whole + rows * gap + (hasHeading ? HEADING : 0));
}
