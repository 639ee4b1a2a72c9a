-- CreateTable
CREATE TABLE "Share" (
    "id" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "albumId" UUID,
    "pictureId" UUID,
    "tokenHash" TEXT NOT NULL,
    "passwordHash" TEXT,
    "withOriginals" BOOLEAN NOT NULL DEFAULT false,
    "expiresAt" TIMESTAMPTZ,
    "revokedAt" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Share_pkey" PRIMARY KEY ("id"),
    -- An album, or a picture.
    CONSTRAINT "Share_one_thing" CHECK (num_nonnulls("albumId", "pictureId") = 1)
);

-- CreateIndex
CREATE UNIQUE INDEX "Share_tokenHash_key" ON "Share"("tokenHash");

-- CreateIndex
CREATE INDEX "Share_albumId_ownerId_idx" ON "Share"("albumId", "ownerId");

-- CreateIndex
CREATE INDEX "Share_pictureId_ownerId_idx" ON "Share"("pictureId", "ownerId");

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_albumId_ownerId_fkey" FOREIGN KEY ("albumId", "ownerId") REFERENCES "Album"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Share" ADD CONSTRAINT "Share_pictureId_ownerId_fkey" FOREIGN KEY ("pictureId", "ownerId") REFERENCES "Picture"("id", "ownerId") ON DELETE CASCADE ON UPDATE CASCADE;
