-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "takenAt" TIMESTAMP(3),
ADD COLUMN "exif" JSONB;
