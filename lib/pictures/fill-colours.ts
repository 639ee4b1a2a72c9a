import { listColourless, setColours } from "../db/picture-upkeep";
import { coloursOf } from "./colours";

const PAGE = 500;

/** Notes the colours of pictures from before they were noted, or whose rows were rebuilt. @returns how many */
export async function fillColours(): Promise<number> {
  let filled = 0;
  for (;;) {
    const page = await listColourless(PAGE);
    for (const { id, thumbhash } of page) await setColours(id, coloursOf(thumbhash!));
    filled += page.length;
    if (page.length < PAGE) return filled;
  }
}
