-- CreateTable
CREATE TABLE "KeptAnswer" (
    "ownerId" UUID NOT NULL,
    "keyId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "claim" UUID NOT NULL,
    "answer" TEXT,
    "until" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "KeptAnswer_pkey" PRIMARY KEY ("ownerId","keyId","name")
);

-- CreateIndex
CREATE INDEX "KeptAnswer_until_idx" ON "KeptAnswer"("until");

-- AddForeignKey
ALTER TABLE "KeptAnswer" ADD CONSTRAINT "KeptAnswer_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeptAnswer" ADD CONSTRAINT "KeptAnswer_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "ApiKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;
