import type { Picture } from "../picture";

/** A network that makes hints for ControlNets. */
export interface HintMaker {
  /** @returns a picture of the same size. */
  hint(picture: Picture): Promise<Picture>;
  release(): Promise<void>;
}
