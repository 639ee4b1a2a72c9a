import { type PreviewRequest, previewCode } from "@/lib/qr/preview";
import { QrError } from "@/lib/qr/qr-error";
import type { PreviewAnswer } from "./preview-answer";

declare const self: DedicatedWorkerGlobalScope;

/** One request, one answer, in order; the page decides what is still worth asking. */
self.onmessage = ({ data }: MessageEvent<PreviewRequest>) => {
  const answer = draw(data);
  self.postMessage(answer, answer.ok ? [answer.raster.data.buffer] : []);
};

function draw(request: PreviewRequest): PreviewAnswer {
  try {
    return { ok: true, raster: previewCode(request) };
  } catch (thrown) {
    if (thrown instanceof QrError) return { ok: false, code: thrown.code, details: thrown.details };
    console.error(thrown);
    return { ok: false, code: "internal", details: {} };
  }
}
