-- CreateExtension
CREATE EXTENSION IF NOT EXISTS vector;

-- CreateIndex
CREATE UNIQUE INDEX "Picture_id_ownerId_key" ON "Picture"("id", "ownerId");

-- CreateTable
CREATE TABLE "PictureVector" (
    "pictureId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "vector" vector NOT NULL,

    CONSTRAINT "PictureVector_pkey" PRIMARY KEY ("pictureId", "model")
);

-- CreateIndex
CREATE INDEX "PictureVector_ownerId_model_idx" ON "PictureVector"("ownerId", "model");

-- AddForeignKey
ALTER TABLE "PictureVector" ADD CONSTRAINT "PictureVector_pictureId_ownerId_fkey" FOREIGN KEY ("pictureId", "ownerId") REFERENCES "Picture"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE;
