"""Draws photo.heic: 96 by 64 pixels, red on the left and blue on the right, taken with the camera held upright, so that
it is shown turned: red above, blue below. And wide.heic: a green that sRGB lacks and a skin's colour, in Display P3, as phones
write them; display-p3.icc is the profile that sharp brings as "p3", written into a PNG and read from there. Python 3.11, pillow-heif 1.8.1 (libheif 1.23.6, x265 4.3), Pillow 13.0.0.

    python tests/golden/heic/make.py
"""

from pathlib import Path

import pillow_heif
from PIL import Image

picture = Image.new("RGB", (96, 64), (220, 30, 30))
picture.paste((30, 30, 220), (48, 0, 96, 64))
exif = Image.Exif()
exif[0x0112] = 6
exif[0x010F] = "Apple"
exif[0x0110] = "iPhone 15"
exif.get_ifd(0x8769)[0x9003] = "2025:05:01 12:34:56"
heic = pillow_heif.from_pillow(picture)
# From here the encoder takes the orientation for the file's own `irot`, as phones write it.
heic.info["exif"] = exif.tobytes()
heic.save(Path(__file__).with_name("photo.heic"), quality=70)

wide = Image.new("RGB", (64, 32), (40, 230, 60))
wide.paste((222, 170, 140), (32, 0, 64, 32))
heic = pillow_heif.from_pillow(wide)
heic.info["icc_profile"] = Path(__file__).with_name("display-p3.icc").read_bytes()
heic.save(Path(__file__).with_name("wide.heic"), quality=95, chroma="444")
