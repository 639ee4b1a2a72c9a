import { Center, Loader } from "@mantine/core";
import { useTranslations } from "next-intl";

export default function Loading() {
  const t = useTranslations("common");
  return (
    <Center h="50vh" role="status" aria-label={t("loading")}>
      <Loader type="bars" />
    </Center>
  );
}
