import { searchModel } from "../search/search-model";
import { vocabularyOf, type Word } from "../search/vocabulary";

/** The words of the model that an owner's pictures are searched with; none where there is no model. */
export async function shippedWords(ownerId: string): Promise<readonly Word[]> {
  const model = await searchModel(ownerId);
  return model ? vocabularyOf(model) : [];
}
