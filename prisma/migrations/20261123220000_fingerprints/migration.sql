-- AlterTable
ALTER TABLE "Picture" ADD COLUMN "fingerprint" TEXT;
