-- A vector of 512 numbers is just too long to stay with its row by default; fetching it from elsewhere takes far longer
-- than comparing it.
ALTER TABLE "PictureVector" ALTER COLUMN "vector" SET STORAGE MAIN;
