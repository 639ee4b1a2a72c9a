"use client";

import en from "@/messages/en.json";
import zh from "@/messages/zh.json";

/** The layout itself failed: no theme, no translations in context, so this page stands alone in both languages. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", textAlign: "center", padding: "15vh 24px" }}>
        {[en, zh].map(({ common }, index) => (
          <section key={common.error.title} lang={index === 0 ? "en" : "zh-CN"}>
            <h1>{common.error.title}</h1>
            <p>{common.error.text}</p>
          </section>
        ))}
        <button type="button" onClick={reset} style={{ fontSize: 16, padding: "10px 20px" }}>
          {en.common.retry} · {zh.common.retry}
        </button>
      </body>
    </html>
  );
}
