ALTER TABLE "User" ADD COLUMN "isOperator" BOOLEAN NOT NULL DEFAULT false;
-- Where one account is alone here, it is the one that looks after the place; among several ADMIN_EMAILS has to say.
UPDATE "User" SET "isOperator" = true
  WHERE "email" IS NOT NULL AND (SELECT count(*) FROM "User" WHERE "email" IS NOT NULL) = 1;

CREATE TYPE "PullState" AS ENUM ('queued', 'running', 'paused', 'done', 'failed', 'cancelled');

CREATE TABLE "ModelPull" (
  "id" UUID NOT NULL,
  "source" TEXT NOT NULL,
  "state" "PullState" NOT NULL DEFAULT 'queued',
  "receivedBytes" DOUBLE PRECISION NOT NULL DEFAULT 0,
  "totalBytes" DOUBLE PRECISION,
  "errorCode" TEXT,
  "errorDetails" JSONB,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ NOT NULL,
  CONSTRAINT "ModelPull_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ModelPull_state_createdAt_idx" ON "ModelPull"("state", "createdAt");
-- What is being fetched already is not fetched a second time.
CREATE UNIQUE INDEX "ModelPull_source_unfinished" ON "ModelPull"("source")
  WHERE "state" NOT IN ('done', 'cancelled');

CREATE TABLE "OwnLora" (
  "id" UUID NOT NULL,
  "ownerId" UUID NOT NULL,
  "title" TEXT NOT NULL,
  "sizeBytes" INTEGER NOT NULL,
  "sha256" TEXT NOT NULL,
  "family" TEXT,
  "triggerWords" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "OwnLora_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "OwnLora_ownerId_sha256_key" ON "OwnLora"("ownerId", "sha256");
CREATE INDEX "OwnLora_ownerId_createdAt_idx" ON "OwnLora"("ownerId", "createdAt");
ALTER TABLE "OwnLora" ADD CONSTRAINT "OwnLora_ownerId_fkey"
  FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
