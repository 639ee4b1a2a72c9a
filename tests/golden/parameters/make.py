"""Pictures that Pillow wrote with a generation's parameters in them, as A1111 saves them.

tEXt (Latin-1), iTXt (other scripts; plain and compressed), zTXt, and the EXIF UserComment of JPEG and
WebP in both byte orders of UTF-16. Each is a few pixels, kept as base64.

Packages: pillow. Run by hand:  python tests/golden/parameters/make.py
"""

import base64
import io
import json
from pathlib import Path

import PIL
from PIL import Image
from PIL.PngImagePlugin import PngInfo

SETTINGS = "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 42, Size: 512x512"
LATIN = f"a café at night\nNegative prompt: blurry\n{SETTINGS}, Version: v1.10.1"
CHINESE = f"雪中的狐狸，水墨\nNegative prompt: 模糊\n{SETTINGS}, Version: v1.10.1"
picture = Image.new("RGB", (3, 2), (200, 40, 90))


def png(add) -> bytes:
    info, out = PngInfo(), io.BytesIO()
    info.add_text("Software", "a program")
    add(info)
    picture.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def with_exif(kind: str, text: str, encoding: str) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + text.encode(encoding)
    picture.save(out, kind, exif=exif)
    return out.getvalue()


files = {
    "tEXt": (LATIN, png(lambda i: i.add_text("parameters", LATIN))),
    "zTXt": (LATIN, png(lambda i: i.add_text("parameters", LATIN, zip=True))),
    "iTXt": (CHINESE, png(lambda i: i.add_text("parameters", CHINESE))),
    "iTXt, compressed": (CHINESE, png(lambda i: i.add_itxt("parameters", CHINESE, "zh", "参数", zip=True))),
    "JPEG": (CHINESE, with_exif("JPEG", CHINESE, "utf-16-be")),
    "JPEG, little-endian": (LATIN, with_exif("JPEG", LATIN, "utf-16-le")),
    "WebP": (LATIN, with_exif("WEBP", LATIN, "utf-16-be")),
}
golden = {
    "versions": {"pillow": PIL.__version__},
    "files": {k: {"text": t, "base64": base64.b64encode(b).decode()} for k, (t, b) in files.items()},
}
out = Path(__file__).parent / "golden.json"
out.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")
print(out.stat().st_size, "bytes")
