import { toLab } from "../fidelity/delta-e";
import type { Raster } from "../raster";
import { resize } from "./resize";

/**
 * Where people look, one value a cell: how far a cell's colour is from the picture's mean and from its wider
 * surroundings (what is large and alike is background), drawn a little toward the middle.
 * @returns `cells * cells` values, 0 … 1, row-major.
 * @source Achanta, Hemami, Estrada & Süsstrunk, "Frequency-tuned salient region detection", CVPR 2009
 */
export function saliencyOf(picture: Raster, cells: number): Float32Array {
  const small = resize(picture, cells, cells);
  const wide = resize(resize(picture, 6, 6), cells, cells);
  const colours = labs(small);
  const surroundings = labs(wide);
  const mean = [0, 1, 2].map((c) => colours.reduce((sum, lab) => sum + lab[c]!, 0) / colours.length);
  const values = Float32Array.from(colours, (lab, i) => {
    const fromMean = Math.hypot(lab[0] - mean[0]!, lab[1] - mean[1]!, lab[2] - mean[2]!);
    const around = surroundings[i]!;
    const fromAround = Math.hypot(lab[0] - around[0], lab[1] - around[1], lab[2] - around[2]);
    const x = ((i % cells) + 0.5) / cells - 0.5;
    const y = (Math.floor(i / cells) + 0.5) / cells - 0.5;
    return (fromMean + fromAround) * (1 - 0.8 * Math.min(1, Math.hypot(x, y) * 1.4));
  });
  // The top twentieth counts as fully salient, so that one odd cell does not push everything else to 0.
  const top = Float32Array.from(values).sort()[Math.floor(values.length * 0.95)]! || 1;
  return values.map((value) => Math.min(1, value / top));
}

const labs = ({ data }: Raster) =>
  Array.from({ length: data.length / 4 }, (_, i) => toLab(data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!));
