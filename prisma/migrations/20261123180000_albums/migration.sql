-- CreateTable
CREATE TABLE "Album" (
    "id" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "rank" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Album_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlbumPicture" (
    "albumId" UUID NOT NULL,
    "pictureId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "rank" TEXT COLLATE "C" NOT NULL,
    "isCover" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "AlbumPicture_pkey" PRIMARY KEY ("albumId", "pictureId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Album_id_ownerId_key" ON "Album"("id", "ownerId");

-- CreateIndex
CREATE INDEX "Album_ownerId_rank_idx" ON "Album"("ownerId", "rank");

-- CreateIndex
CREATE INDEX "AlbumPicture_albumId_rank_idx" ON "AlbumPicture"("albumId", "rank");

-- CreateIndex
CREATE INDEX "AlbumPicture_pictureId_ownerId_idx" ON "AlbumPicture"("pictureId", "ownerId");

-- One cover an album.
CREATE UNIQUE INDEX "AlbumPicture_cover_key" ON "AlbumPicture"("albumId") WHERE "isCover";

-- AddForeignKey
ALTER TABLE "Album" ADD CONSTRAINT "Album_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Both keys hold the owner. Where everything of one owner goes to another, albums and pictures go one after the other:
-- such a transaction asks for these two to be checked at its end.
-- AddForeignKey
ALTER TABLE "AlbumPicture" ADD CONSTRAINT "AlbumPicture_albumId_ownerId_fkey" FOREIGN KEY ("albumId", "ownerId") REFERENCES "Album"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- AddForeignKey
ALTER TABLE "AlbumPicture" ADD CONSTRAINT "AlbumPicture_pictureId_ownerId_fkey" FOREIGN KEY ("pictureId", "ownerId") REFERENCES "Picture"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
