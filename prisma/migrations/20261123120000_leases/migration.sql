-- AlterTable
ALTER TABLE "PictureVector" ALTER COLUMN "vector" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "holder" UUID NOT NULL,
    "until" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);
