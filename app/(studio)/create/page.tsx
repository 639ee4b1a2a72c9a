import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import classes from "../_create/create.module.css";
import studio from "../studio.module.css";

/** What can be made, in the order in which people should meet it. */
const PLACES = [
  { key: "qrArt", href: "/create/qr-art" },
  { key: "portrait", href: "/create/portrait" },
  { key: "draw", href: "/create/draw" },
  { key: "characters", href: "/create/characters" },
  { key: "product", href: "/create/product" },
  { key: "qrPicture", href: "/" },
  { key: "larger", href: "/create/larger" },
] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("create"))("title") };
}

export default async function CreatePage() {
  const t = await getTranslations("create");
  const places = await Promise.all(
    PLACES.map(async ({ key, href }) => {
      const place = await getTranslations(`create.${key}`);
      return { key, href, title: place("title"), text: place("text") };
    }),
  );
  return (
    <>
      <h1 className={studio.headline}>{t("headline")}</h1>
      <p className={studio.lead}>{t("lead")}</p>
      <ul className={classes.hub}>
        {places.map(({ key, href, title, text }) => (
          <li key={key}>
            <Link href={href} className={classes.place}>
              <img src={`/create/${key}.webp`} alt="" width={640} height={400} />
              <span className={classes.placeWords}>
                <h2>{title}</h2>
                <p>{text}</p>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className={classes.aside}>
        <Link href="/models">{t("models")}</Link>
      </p>
    </>
  );
}
