import { answerOf } from "@/app/(studio)/_picture/picture-api";
import type { PictureDetails, PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage, Shelf } from "@/lib/pictures/list-pictures";
