-- When a picture was taken, or where no camera says when, came in: for lists by that time.
ALTER TABLE "Picture" ADD COLUMN "datedAt" TIMESTAMPTZ NOT NULL GENERATED ALWAYS AS (COALESCE("takenAt", "createdAt")) STORED;

CREATE INDEX "Picture_ownerId_trashedAt_datedAt_id_idx" ON "Picture"("ownerId", "trashedAt", "datedAt" DESC, "id" DESC);
