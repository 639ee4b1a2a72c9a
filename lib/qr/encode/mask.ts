/** Whether mask pattern 0 … 7 inverts the module at (x, y); ISO/IEC 18004 table 10. */
export function maskInverts(mask: number, x: number, y: number): boolean {
  switch (mask) {
    case 0:
      return (x + y) % 2 === 0;
    case 1:
      return y % 2 === 0;
    case 2:
      return x % 3 === 0;
    case 3:
      return (x + y) % 3 === 0;
    case 4:
      return (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0;
    case 5:
      return ((x * y) % 2) + ((x * y) % 3) === 0;
    case 6:
      return (((x * y) % 2) + ((x * y) % 3)) % 2 === 0;
    default:
      return (((x + y) % 2) + ((x * y) % 3)) % 2 === 0;
  }
}

/** The standard's penalty: runs, 2×2 boxes, finder-like 1:1:3:1:1 stretches, and how far dark modules are from half. */
export function maskPenalty(modules: Uint8Array, size: number): number {
  let penalty = 0;
  let dark = 0;
  const at = (along: number, across: number, vertical: boolean): number =>
    modules[vertical ? along * size + across : across * size + along]!;
  for (const vertical of [false, true])
    for (let across = 0; across < size; across++) {
      let run = 0;
      let window = 0;
      for (let along = 0; along < size; along++) {
        const bit = at(along, across, vertical);
        run = along > 0 && bit === at(along - 1, across, vertical) ? run + 1 : 1;
        if (run === 5) penalty += 3;
        else if (run > 5) penalty += 1;
        window = ((window << 1) | bit) & 0x7ff;
        if (along >= 10 && (window === 0b10111010000 || window === 0b00001011101)) penalty += 40;
      }
    }
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const bit = modules[y * size + x]!;
      dark += bit;
      if (x === 0 || y === 0) continue;
      const same =
        bit + modules[y * size + x - 1]! + modules[(y - 1) * size + x]! + modules[(y - 1) * size + x - 1]!;
      if (same === 0 || same === 4) penalty += 3;
    }
  const percent = (dark * 100) / (size * size);
  return penalty + Math.floor(Math.abs(percent - 50) / 5) * 10;
}
