ALTER TYPE "PictureKind" ADD VALUE 'drawing';
ALTER TYPE "PictureKind" ADD VALUE 'draft';
