-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "textDenied" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "PictureText" (
    "pictureId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "reader" TEXT NOT NULL,
    "text" TEXT,

    CONSTRAINT "PictureText_pkey" PRIMARY KEY ("pictureId")
);

-- CreateIndex
CREATE UNIQUE INDEX "PictureText_pictureId_ownerId_key" ON "PictureText"("pictureId", "ownerId");

-- CreateIndex
CREATE INDEX "PictureText_ownerId_idx" ON "PictureText"("ownerId");

-- AddForeignKey
ALTER TABLE "PictureText" ADD CONSTRAINT "PictureText_pictureId_ownerId_fkey" FOREIGN KEY ("pictureId", "ownerId") REFERENCES "Picture"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE;
