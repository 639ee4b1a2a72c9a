-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "caption" TEXT NOT NULL DEFAULT '';
