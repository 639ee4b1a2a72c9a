import { listWithoutFingerprint, setFingerprint } from "../db/picture-upkeep";
import { log } from "../log";
import { decodePicture } from "./decode-picture";
import { derivePicture } from "./derive-picture";
import { fingerprintOf } from "./fingerprint";

const PAGE = 200;
/** Of a picture that cannot be opened: it is not tried again, and like nothing. */
const NONE = "0".repeat(16);

/** Notes the fingerprints of uploads from before they were noted, or whose rows were rebuilt. @returns how many */
export async function fillFingerprints(): Promise<number> {
  let filled = 0;
  for (;;) {
    const page = await listWithoutFingerprint(PAGE);
    for (const { id, blob } of page) await setFingerprint(id, await look(blob));
    filled += page.length;
    if (page.length < PAGE) return filled;
  }
}

async function look(blob: string): Promise<string> {
  try {
    const { data, info } = await decodePicture(await derivePicture(blob, "w320"), (picture) =>
      picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true }),
    );
    return fingerprintOf({ data, width: info.width, height: info.height });
  } catch (err) {
    log("pictures").warn({ err, blob }, "a picture has no fingerprint");
    return NONE;
  }
}
