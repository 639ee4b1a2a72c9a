"use client";

import { Button, Loader, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { ArtFacts } from "@/app/_ui/verdict/art-facts";
import { readArtReport } from "@/app/_ui/verdict/art-report";
import { readCode } from "@/app/_ui/verdict/verdict";
import { usePicture } from "@/app/(studio)/_preview/use-picture";
import { ChangeMap } from "@/app/(studio)/_result/change-map";
import { useComparison } from "@/app/(studio)/_result/use-comparison";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import { fileUrl } from "../_gallery/gallery-api";

/** Of a code that was drawn from words: how it was read before weaving, and what the weave changed. */
export function ArtChanges({ details }: { details: PictureDetails }) {
  const t = useTranslations("verdict.art");
  const [open, map] = useDisclosure(false);
  const report = readArtReport(details.verdict);
  if (!report) return null;
  return (
    <Stack gap={6} mt="lg" role="group" aria-label={t("title")}>
      <Title order={3} size="h5">
        {t("title")}
      </Title>
      <ArtFacts report={report} />
      {details.sourceId ? (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: "flex-start" }}
          onClick={map.toggle}
          aria-expanded={open}
        >
          {t(open ? "hideChanges" : "showChanges")}
        </Button>
      ) : null}
      {open && details.sourceId ? <Changes code={details} draftId={details.sourceId} /> : null}
    </Stack>
  );
}

const CENTRE = { x: 0.5, y: 0.5 };

function Changes({ code, draftId }: { code: PictureDetails; draftId: string }) {
  const t = useTranslations("common");
  const codeUrl = fileUrl(code);
  const draft = usePicture(`/api/pictures/${draftId}/file`);
  const woven = usePicture(codeUrl);
  const comparison = useComparison(draft.image, woven.image, readCode(code.verdict).version, CENTRE);
  // What cannot be shown is not waited for.
  if (draft.broken || woven.broken) return null;
  if (!comparison) return <Loader type="bars" aria-label={t("loading")} />;
  return <ChangeMap comparison={comparison} afterUrl={codeUrl} />;
}
