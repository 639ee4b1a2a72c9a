import { z } from "zod";
import { CONTROL_ANNOTATORS, type ControlChoice, controlInput } from "./control.input";

/** A control as a picture's text tells of it, which holds no picture. */
export type RestoredControl = Omit<ControlChoice, "picture">;

/** What A1111's ControlNet extension calls the annotators that are here; ours are told by their own names. */
const MODULES: readonly [RegExp, ControlChoice["annotator"]][] = [
  [/^canny/i, "canny"],
  [/^line.?art/i, "line-art"],
  [/^(soft.?edge|hed|pidi)/i, "soft-edge"],
  [/^tile/i, "tile"],
  [/^depth/i, "depth"],
  [/^(open|dw_open)?.?pose/i, "pose"],
];

const { picture: _, ...told } = controlInput.shape;
const withoutPicture = z.object(told);

/**
 * @param text as `ControlNet 0` has it: "Module: canny, Model: lines [0123abcd], Weight: 0.8, …, Guidance Start: 0, …".
 * @returns null where it names no model, or a weight or a time that there is not here.
 */
export function readRestoredControl(text: string): RestoredControl | null {
  const said = new Map(
    text.split(",").flatMap((part): [string, string][] => {
      const at = part.indexOf(":");
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]];
    }),
  );
  const number = (key: string) => (said.has(key) ? Number(said.get(key)) : undefined);
  const module = said.get("module") ?? "none";
  const read = withoutPicture.safeParse({
    // Behind the name stands the start of its hash.
    model: said.get("model")?.replace(/\s*\[[0-9a-f]+\]$/i, ""),
    annotator:
      CONTROL_ANNOTATORS.find((name) => name === module) ??
      MODULES.find(([pattern]) => pattern.test(module))?.[1],
    ...{ weight: number("weight"), from: number("guidance start"), to: number("guidance end") },
  });
  return read.success && read.data.from < read.data.to ? read.data : null;
}
