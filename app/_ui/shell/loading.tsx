import { Center, Loader } from "@mantine/core";
import { useTranslations } from "next-intl";

/**
 * What a page shows until it is there. Only pages that always exist have one: an answer that has begun with this
 * can't become a 404 any more.
 */
export default function Loading() {
  const t = useTranslations("common");
  return (
    <Center h="50vh" role="status" aria-label={t("loading")}>
      <Loader type="bars" />
    </Center>
  );
}
