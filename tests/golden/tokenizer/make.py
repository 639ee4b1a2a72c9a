"""Token ids of many texts, from the reference implementations.

- `clip`: transformers' CLIPTokenizer, built from OpenAI's vocabulary (vocab.json and merges.txt
  are written to a temporary folder from lib/engine/prompt/clip-merges.txt.gz);
- `byteLevel`, `suffixed`: two small vocabularies trained here with the tokenizers package on the
  texts themselves, one byte-level, one with CLIP's `</w>`; their tokenizer.json is kept beside the ids.

Packages: transformers, tokenizers. Run by hand:  python tests/golden/tokenizer/make.py
"""

import gzip
import json
import tempfile
from pathlib import Path

import tokenizers
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import CLIPTokenizer

HERE = Path(__file__).parent
MERGES = HERE.parents[2] / "lib/engine/prompt/clip-merges.txt.gz"

TEXTS = [
    "",
    " ",
    "a",
    "A photo of a cat",
    "a photograph of an astronaut riding a horse",
    "masterpiece, best quality, 1girl, solo, (detailed eyes:1.2), [blurry], ((sharp focus))",
    "cinematic still, 35mm, f/1.4, 8k uhd, dslr, soft lighting, high quality, film grain, Fujifilm XT3",
    "trending on artstation, by greg rutkowski and alphonse mucha",
    "It's the dog's bone; they're here, we've won, I'm sure you'll say he'd go, don't",
    "IT'S THE DOG'S BONE; THEY'RE HERE, WE'VE WON, I'M SURE YOU'LL SAY HE'D GO, DON'T",
    "'s 't 're 've 'm 'll 'd 'x '' ''s !'s",
    "rock'n'roll o'clock ma'am",
    "it’s “quoted” ‘text’ — with – dashes… and ellipsis",
    "hello   world\t\ttabs\n\nnew lines\r\ncarriage",
    "  leading and trailing  ",
    "\u00a0no\u00a0break\u00a0",
    "thin\u2009hair\u200aspaces\u3000ideographic\u2028line\u2029paragraph",
    "zero\u200bwidth\u200cnon\u200djoiner\ufeffbom\u2060word",
    "next\u0085line vertical\u000btab form\u000cfeed",
    "fs\u001cgs\u001drs\u001eus\u001f",
    "nul\u0000bell\u0007escape\u001bdel\u007f",
    "mongolian\u180evowel soft\u00adhyphen",
    "0 1 2 3 10 100 1234567890 3.14159 1,000,000 -5 +7 1e-5 0x1F",
    "½ ⅓ ² ³ ① ⑳ Ⅳ ٣ ३ 三 〇 𝟘 𝟙",
    "3D render 4k 1080p b2b a1b2c3",
    "一只可爱的猫",
    "中国山水画，水墨风格，远山，薄雾，留白",
    "二维码艺术：霓虹城市，赛博朋克，夜景",
    "繁體中文：龍鳳呈祥，書法",
    "你好，世界！Hello 世界 123 测试",
    "東京の夜景、ネオン、雨",
    "カタカナ ひらがな 漢字 ﾊﾝｶｸ",
    "서울의 밤 풍경",
    "서울",
    "Привет, мир! ЁЖИК ёжик",
    "Γειά σου Κόσμε ΣΊΣΥΦΟΣ Σ ΟΔΟΣ",
    "שלום עולם",
    "مرحبا بالعالم ١٢٣",
    "नमस्ते दुनिया क्षत्रिय",
    "สวัสดีชาวโลก",
    "Xin chào thế giới",
    "İstanbul ISPARTA ıI iİ",
    "Straße GROẞE ﬁne ﬂow ǅ ǆ Ǆ",
    "naïve café résumé Ångström Łódź Škoda",
    "nai\u0308ve cafe\u0301 re\u0301sume\u0301 A\u030angstro\u0308m",
    "J\u030c q\u0301 x\u0323\u0302 \u0301 alone",
    "Å Å K K Ω Ω",
    "ｆｕｌｌｗｉｄｔｈ　ＡＢＣ１２３",
    "𝓯𝓪𝓷𝓬𝔂 𝕿𝖊𝖝𝖙 𝐁𝐨𝐥𝐝",
    "😀",
    "😀😃😄 smile 🐱‍👤 ninja",
    "👨‍👩‍👧‍👦 family 👍🏽 thumbs 🇨🇭 flag 🏳️‍🌈",
    "❤️ ♥ ☺ ☺️ ™ © ®",
    "🧑🏻‍🚀 on the 🌕, cyberpunk 🤖",
    "<|startoftext|>",
    "<|endoftext|>",
    "before <|endoftext|> after",
    "glued<|endoftext|>glued<|startoftext|>",
    "<|ENDOFTEXT|> <|StartOfText|>",
    "<|endoftext|",
    "<|end of text|>",
    "<|endoftext|><|endoftext|>",
    "</w> a</w> </w>b",
    "a&amp;b &lt;tag&gt; &#39;",
    "<b>html</b> <lora:name:0.8> __wild__ {a|b} $var @user #tag %20 ^caret ~tilde `tick`",
    "C:\\path\\file.png \\(escaped\\) /unix/path https://example.com/a?b=c&d=e#f",
    "email@example.com, user_name, snake_case_word, kebab-case-word, camelCaseWord",
    "!!!! ???? .... ,,,, ;;;; :::: ---- ____ ==== ++++ ****",
    "!?.,;:-_=+*/\\|()[]{}<>@#$%^&~`'\"",
    "wow!!!great???really...",
    "a.b,c;d:e!f?g",
    "(((((deep)))))",
    "....................................................................................................",
    "a" * 300,
    "supercalifragilisticexpialidocious" * 8,
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "aaaaaaaabbbbbbbbccccccccddddddddaaaabbbbccccdddd",
    "abababababababababababababababababababab",
    "thethethethethethethethethethethe",
    "锟斤拷" * 40,
    "猫" * 77,
    "😀" * 80,
    "é" * 50,
    "1" * 90,
    "mixed日本語and한국어と中文Русский",
    "emoji😀in🐱words",
    "tab\tseparated\tvalues",
    "new\nline",
    "\n\n\n",
    "\u0000",
    "\ufffd replacement \ufffe \uffff",
    "\U0010ffff last \U000e0001 tag",
    "‮right to left override‬",
    "a\u0301\u0302\u0303\u0304\u0305 stacked z̸͈̃a̷l̶g̵o̴",
    "½cup 5km² H₂O x³ 10⁻⁶ №5 ℃ ㎏",
    "π≈3.14 ∑∫∂∇ ∞ ≤ ≥ ≠ → ← ↔ ⇒",
    "─│┌┐└┘├┤ ░▒▓█ ♠♣♥♦ ★☆",
    "ⒶⒷ ⓐⓑ 🅰🅱 Ⅷ ⅷ",
    "ĿL ŀl ŉ ǰ ΐ ΰ ẖ ẗ ẘ ẙ ẚ",
    "Ꭰ ꭰ Ა ა Ⴀ ⴀ",
    "𐐀𐐨 Deseret 𞤀𞤢 Adlam",
    "dž Dž DŽ lj Lj LJ",
    "BREAK AND break and",
    "sks person, ohwx man, zwx style",
    "low quality, worst quality, bad anatomy, extra limbs, watermark, text, logo, jpeg artifacts",
    "vaporwave lo-fi synthwave 80's 1980s '80s",
    "score_9, score_8_up, source_anime, rating_safe",
    "Dr. Smith's M.D. vs. Mrs. O'Neil-Jones, Ph.D.",
    "self-portrait in van Gogh's style, post-impressionism",
    "un château à la montagne, peinture à l'huile",
    "ein Fuchs im Schnee, Aquarell, ÄÖÜß",
    "un niño corriendo, ¿dónde? ¡allí!",
    "tranh thủy mặc phong cảnh núi non",
    "qr code, mosaic, tiles, stained glass, pixel art 16-bit",
]


def clip(folder: Path):
    lines = gzip.open(MERGES).read().decode("utf-8").split("\n")
    merges = lines[1 : 49152 - 256 - 2 + 1]
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in printable]
    letters = [chr(b) for b in printable] + [chr(256 + i) for i in range(len(rest))]
    vocab = letters + [x + "</w>" for x in letters] + ["".join(m.split()) for m in merges]
    vocab += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(vocab)}))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n")
    return CLIPTokenizer.from_pretrained(folder)


def small(suffix: str):
    """A small vocabulary in tokenizer.json form, as a project of its own would train it."""
    extra = {"end_of_word_suffix": suffix, "unk_token": "<unk>", "fuse_unk": True} if suffix else {}
    t = Tokenizer(models.BPE(**extra))
    if suffix:
        t.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase(), normalizers.Strip()])
        t.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Digits(individual_digits=True)]
        )
        t.decoder = decoders.BPEDecoder(suffix=suffix)
    else:
        t.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
        t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
        t.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600 if suffix else 400,
        special_tokens=["<s>", "</s>", "<pad>", "<unk>"],
        initial_alphabet=[] if suffix else pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        **({"end_of_word_suffix": suffix, "limit_alphabet": 200} if suffix else {}),
    )
    t.train_from_iterator(TEXTS, trainer)
    t.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    encoded = [t.encode(text, add_special_tokens=False) for text in TEXTS]
    return {"json": json.loads(t.to_str()), "ids": [e.ids for e in encoded]}


with tempfile.TemporaryDirectory() as temporary:
    reference = clip(Path(temporary))
    golden = {
        "versions": {"transformers": transformers.__version__, "tokenizers": tokenizers.__version__},
        "texts": TEXTS,
        "clip": {
            "size": len(reference),
            "bos": reference.bos_token_id,
            "eos": reference.eos_token_id,
            "ids": reference(TEXTS, add_special_tokens=False)["input_ids"],
        },
        "byteLevel": small(""),
        "suffixed": small("</w>"),
    }
    saved = json.loads(reference.backend_tokenizer.to_str())
    print({k: v for k, v in saved.items() if k != "model"})

(HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(len(TEXTS), "texts,", (HERE / "golden.json").stat().st_size, "bytes")
