import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { apiRoute } from "../_api-route";
import { listModels } from "../_studio-endpoints";

export const GET = apiRoute(listModels, async () => Response.json(await listDrawingModels()));
