-- AlterTable
ALTER TABLE "User" ADD COLUMN "wordsEpoch" INTEGER NOT NULL DEFAULT 0;

-- CreateEnum
CREATE TYPE "WordCare" AS ENUM ('sure', 'balanced', 'generous');

-- CreateTable
CREATE TABLE "VocabularyWord" (
    "ownerId" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "en" TEXT,
    "zh" TEXT,
    "wordings" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "within" TEXT,
    "isOff" BOOLEAN NOT NULL DEFAULT false,
    "care" "WordCare" NOT NULL DEFAULT 'balanced',

    CONSTRAINT "VocabularyWord_pkey" PRIMARY KEY ("ownerId", "word")
);

-- AddForeignKey
ALTER TABLE "VocabularyWord" ADD CONSTRAINT "VocabularyWord_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
