-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "colours" TEXT[] DEFAULT ARRAY[]::TEXT[];
