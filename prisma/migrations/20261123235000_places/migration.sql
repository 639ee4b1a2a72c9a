-- CreateTable
CREATE TABLE "Place" (
    "id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "city" TEXT,
    "cityZh" TEXT,
    "names" TEXT[] NOT NULL,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "placeId" TEXT,
ADD COLUMN "placedBy" TEXT,
ADD COLUMN "placeHidden" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "Picture_ownerId_placeId_idx" ON "Picture"("ownerId", "placeId");

-- AddForeignKey
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE SET NULL ON UPDATE CASCADE;
