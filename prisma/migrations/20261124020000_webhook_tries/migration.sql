-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "failingSince" TIMESTAMPTZ,
ADD COLUMN     "webhooksOff" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Webhook" ADD COLUMN     "fault" TEXT,
ADD COLUMN     "status" INTEGER,
ADD COLUMN     "triedAt" TIMESTAMPTZ,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "DailyUse_day_idx" ON "DailyUse"("day");
