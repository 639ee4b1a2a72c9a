import sharp from "sharp";

// A photographed notice in two languages, for tests of reading: npx tsx scripts/golden/draw-notice.ts
// sharp 0.35.5; DejaVu Sans 2.37 and Noto Sans CJK SC 2.004 as Debian 12 has them.

const notice = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600">
  <g transform="rotate(-1 450 300)">
    <rect x="120" y="110" width="660" height="380" rx="8" fill="#f5f1e4"/>
    <g fill="#26333f" font-size="46">
      <text x="170" y="200" font-family="DejaVu Sans">Garden Cafe</text>
      <text x="170" y="275" font-family="DejaVu Sans">opens at nine</text>
      <text x="170" y="365" font-family="Noto Sans CJK SC">花园咖啡馆九点开门</text>
      <text x="170" y="440" font-family="Noto Sans CJK SC">今天免费参观</text>
    </g>
  </g>
</svg>`;

await sharp("public/samples/meadow.webp")
  .resize(900, 600, { fit: "cover" })
  .composite([{ input: Buffer.from(notice) }])
  .jpeg({ quality: 78 })
  .toFile("tests/golden/reading/notice.jpg");
