-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "colours" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
