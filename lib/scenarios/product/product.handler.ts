import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { jobSeed } from "@/lib/drawing/job-seed";
import { tellWithPreview } from "@/lib/drawing/live-preview";
import { openEasel } from "@/lib/drawing/open-easel";
import { readSource } from "@/lib/drawing/read-source";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import { cutThing } from "./cut-thing";
import { drawGround } from "./draw-ground";
import { drawProduct } from "./draw-product";
import { productInput } from "./product.job";

/** Sets a thing before one drawn ground, in one size after another, each kept as soon as it is there. */
export const productHandler: JobHandler = async ({ job, signal, report }) => {
  const input = productInput.parse(job.input);
  const sizes = [...new Set(input.sizes)];
  const photo = await readSource(job.ownerId, input.photo);
  const easel = await openEasel(input, job.ownerId);
  const seed = jobSeed(job.id, input.seed);
  const pictures: string[] = [];
  const { tell, preview } = tellWithPreview((done, stage, shown) =>
    report(done / (1 + sizes.length), stage, { pictures: [...pictures], of: sizes.length, preview: shown }),
  );
  tell(0, "cutting");
  const thing = await cutThing(photo, signal);
  const ground = await drawGround(
    easel,
    { ...input, seed },
    {
      ...{ signal, preview },
      onProgress: (part) => tell(part, "drawing"),
    },
  );
  preview.clear();
  for (const [i, size] of sizes.entries()) {
    const wish = { ...input, size, seed };
    const { drawn, enlarged } = await drawProduct(easel, { thing, ground }, wish, {
      ...{ signal, preview },
      onProgress: (part) => tell(1 + i + part, "drawing"),
    });
    const kept = await addMade(job.id, {
      ...(i > 0 && { id: madeId(job.id, size) }),
      ...{ kind: "drawing", bytes: await encodeDrawing(drawn, enlarged), title: input.prompt },
      // Asked for again by itself, it stands on the same ground.
      settings: {
        ...input,
        seed,
        sizes: [size],
        set: [...new Set([...sizes, ...input.set])],
        scenario: job.scenario,
      },
      sourceId: input.photo,
    });
    pictures.push(kept.id);
    preview.clear();
    tell(2 + i, "drawing");
  }
  return { pictureId: job.id, result: { pictures, of: sizes.length } };
};
