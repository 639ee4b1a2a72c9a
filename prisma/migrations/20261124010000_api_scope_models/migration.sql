-- AlterEnum
ALTER TYPE "ApiScope" ADD VALUE 'models';
