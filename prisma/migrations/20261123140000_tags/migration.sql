-- AlterTable
ALTER TABLE "PictureVector" ADD COLUMN "tagged" TEXT;

-- CreateTable
CREATE TABLE "PictureTag" (
    "pictureId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "score" REAL,
    "kept" BOOLEAN,

    CONSTRAINT "PictureTag_pkey" PRIMARY KEY ("pictureId", "word")
);

-- CreateIndex
CREATE INDEX "PictureTag_ownerId_word_idx" ON "PictureTag"("ownerId", "word");

-- AddForeignKey
ALTER TABLE "PictureTag" ADD CONSTRAINT "PictureTag_pictureId_ownerId_fkey" FOREIGN KEY ("pictureId", "ownerId") REFERENCES "Picture"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE;
