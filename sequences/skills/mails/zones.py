"""Where the sender's clock stands, from the signature (EMAIL-06). Two zones are as good as none."""

import re

_OFFSET = re.compile(
    r"\b(?:GMT|UTC)\s?(?P<sign>[+\-\u2212\u2013])\s?(?P<hours>1[0-4]|0?\d)(?::?00)?\b(?!:?\d)", re.IGNORECASE
)
# A fixed offset is a zone of its own; IANA counts these westwards.
_ABBREVIATIONS = {"CET": "Europe/Berlin", "CEST": "Europe/Berlin", "JST": "Asia/Tokyo", "AEST": "Australia/Brisbane"}
_PLACES = {
    "Europe/London": "london|manchester|birmingham|leeds|glasgow|edinburgh|bristol|cardiff|liverpool|united kingdom|uk|england|scotland|wales",
    "Europe/Dublin": "dublin 2|ireland|cork, ireland|galway",
    "Europe/Berlin": "berlin|münchen|munich|hamburg|köln|cologne|frankfurt|stuttgart|düsseldorf|germany|deutschland",
    "Europe/Vienna": "vienna|wien|österreich|austria|salzburg|linz",
    "Europe/Zurich": "zürich|zurich|basel|bern|genève|switzerland|schweiz|suisse",
    "Europe/Paris": "paris|lyon|marseille|toulouse|bordeaux|nantes|france",
    "Europe/Madrid": "madrid|barcelona|sevilla|bilbao|españa",
    "Europe/Rome": "roma|rome|milano|milan|torino|bologna|italia|italy",
    "Europe/Amsterdam": "amsterdam|rotterdam|utrecht|den haag|eindhoven|netherlands|nederland",
    "Europe/Brussels": "brussels|bruxelles|brussel|antwerpen|gent|belgium|belgië|belgique",
    "Europe/Copenhagen": "copenhagen|københavn|aarhus|denmark|danmark",
    "Europe/Oslo": "oslo|bergen|trondheim|norway|norge",
    "Europe/Stockholm": "stockholm|göteborg|gothenburg|malmö|sweden|sverige",
    "Europe/Helsinki": "helsinki|tampere|finland|suomi",
    "Europe/Warsaw": "warsaw|warszawa|kraków|gdańsk|poland|polska",
    "Europe/Prague": "prague|praha|brno|czechia|czech republic",
    "Europe/Lisbon": "lisbon|lisboa|porto",
    "Europe/Athens": "athens, greece|greece|thessaloniki",
    "Asia/Kolkata": "mumbai|bengaluru|bangalore|new delhi|chennai|hyderabad|pune|india",
    "Asia/Tokyo": "tokyo|osaka|japan",
    "Asia/Singapore": "singapore",
    "Asia/Dubai": "dubai|abu dhabi|uae|united arab emirates",
    "Australia/Sydney": "sydney|melbourne|nsw|vic 3\\d{3}|canberra",
    "Australia/Brisbane": "brisbane|qld|queensland",
    "Australia/Perth": "perth wa|western australia",
    "Pacific/Auckland": "auckland|wellington|new zealand",
    "Africa/Johannesburg": "johannesburg|cape town|durban|south africa",
    "America/New_York": "new york|nyc|brooklyn|boston|philadelphia|miami|atlanta|washington,? d\\.?c\\.?|(?:ny|nj|ma|pa|ct|ga|nc|sc|va|md|oh|vt|nh|ri|de|me) \\d{5}",
    "America/Chicago": "chicago|houston|dallas|austin|minneapolis|(?:il|mn|wi|ia|mo|la|ar|ok|ms|al) \\d{5}",
    "America/Denver": "denver|boulder, co|salt lake city|(?:co|ut|wy|mt|nm) \\d{5}",
    "America/Phoenix": "phoenix|tucson|scottsdale|az \\d{5}",
    "America/Los_Angeles": "los angeles|san francisco|seattle|san diego|oakland, ca|(?:ca|wa|nv) \\d{5}",
    "America/Toronto": "toronto|ottawa|montréal|montreal",
    "America/Vancouver": "vancouver",
    "America/Sao_Paulo": "são paulo|sao paulo|rio de janeiro",
    "America/Mexico_City": "mexico city|ciudad de méxico|cdmx",
    "America/Bogota": "bogotá|bogota|medellín|colombia",
    "America/Lima": "lima, peru|perú",
    "America/Argentina/Buenos_Aires": "buenos aires|argentina",
    "Europe/Istanbul": "istanbul|ankara|türkiye|turkey",
    "Europe/Bucharest": "bucharest|bucurești|romania",
    "Europe/Budapest": "budapest|hungary|magyarország",
    "Europe/Kyiv": "kyiv|ukraine",
    "Europe/Luxembourg": "luxembourg",
    "Asia/Jerusalem": "tel aviv|jerusalem|israel",
    "Asia/Riyadh": "riyadh|jeddah|saudi arabia",
    "Asia/Qatar": "doha|qatar",
    "Asia/Karachi": "karachi|lahore|pakistan",
    "Asia/Dhaka": "dhaka|bangladesh",
    "Asia/Colombo": "sri lanka",
    "Asia/Bangkok": "bangkok|thailand",
    "Asia/Ho_Chi_Minh": "hanoi|ho chi minh city|vietnam",
    "Asia/Manila": "manila|philippines",
    "Asia/Hong_Kong": "hong kong",
    "Asia/Shanghai": "shanghai|beijing|shenzhen|china",
    "Asia/Taipei": "taipei|taiwan",
    "Asia/Seoul": "seoul|south korea",
    "Asia/Kuala_Lumpur": "kuala lumpur|malaysia",
    "Africa/Lagos": "lagos|abuja|nigeria",
    "Africa/Nairobi": "nairobi|mombasa|kenya",
    "Africa/Accra": "accra|ghana",
    "Africa/Cairo": "cairo, egypt|egypt",
}  # fmt: skip
_SURNAME = r"(?-i: [A-Z][a-z]+)"  # Sydney Carter is a person
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|FL|GA|HI|ID|IL|IA|KS|KY|LA|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|"
    "TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
_PATTERNS = {
    zone: re.compile(rf"(?<![\w@.])(?:{names})(?![\w@]|\.\w|{_SURNAME})", re.IGNORECASE)
    for zone, names in _PLACES.items()
}
_ZIP = re.compile(rf"\b(?:{_STATES}|DC|DE|IN|ME) \d{{5}}\b")
_ACROSS_THE_SEA = re.compile(
    r"\b(?:texas|tx|florida|fl|tennessee|tn|kentucky|ky|indiana|ontario|usa|united states|canada|[A-Z]{2} \d{5})\b"
    rf"|,\s?(?-i:{_STATES})\b",
    re.IGNORECASE,
)
# Only countries that keep one clock.
_COUNTRY_CODES = {
    "44": "Europe/London", "353": "Europe/Dublin", "49": "Europe/Berlin", "43": "Europe/Vienna", "41": "Europe/Zurich",
    "33": "Europe/Paris", "39": "Europe/Rome", "31": "Europe/Amsterdam", "32": "Europe/Brussels",
    "45": "Europe/Copenhagen", "47": "Europe/Oslo", "46": "Europe/Stockholm", "358": "Europe/Helsinki",
    "48": "Europe/Warsaw", "420": "Europe/Prague", "30": "Europe/Athens", "91": "Asia/Kolkata", "81": "Asia/Tokyo",
    "90": "Europe/Istanbul", "36": "Europe/Budapest", "40": "Europe/Bucharest", "352": "Europe/Luxembourg",
    "421": "Europe/Bratislava", "386": "Europe/Ljubljana", "385": "Europe/Zagreb", "359": "Europe/Sofia",
    "372": "Europe/Tallinn", "371": "Europe/Riga", "370": "Europe/Vilnius", "380": "Europe/Kyiv", "357": "Asia/Nicosia",
    "966": "Asia/Riyadh", "974": "Asia/Qatar", "92": "Asia/Karachi", "880": "Asia/Dhaka", "94": "Asia/Colombo",
    "66": "Asia/Bangkok", "84": "Asia/Ho_Chi_Minh", "63": "Asia/Manila", "852": "Asia/Hong_Kong", "86": "Asia/Shanghai",
    "886": "Asia/Taipei", "82": "Asia/Seoul", "60": "Asia/Kuala_Lumpur", "234": "Africa/Lagos", "254": "Africa/Nairobi",
    "233": "Africa/Accra", "20": "Africa/Cairo", "57": "America/Bogota", "51": "America/Lima",
    "65": "Asia/Singapore", "971": "Asia/Dubai", "27": "Africa/Johannesburg", "972": "Asia/Jerusalem",
}  # fmt: skip
_PHONE = re.compile(r"(?:\+|\b00)\s?(?P<digits>[1-9][\d ().\-/]{6,18}\d)")


def timezone_of(signature: str) -> str | None:
    """An IANA zone; what is said of time beats the place, and the place beats the telephone."""
    for zones in (_said(signature), _placed(signature), _dialled(signature)):
        if zones:
            return zones.pop() if len(zones) == 1 else None
    return None


def _said(signature: str) -> set[str]:
    offsets = {_fixed(match) for match in _OFFSET.finditer(signature)}
    named = {zone for name, zone in _ABBREVIATIONS.items() if re.search(rf"\b{name}\b", signature)}
    return offsets | named


def _fixed(match: re.Match[str]) -> str:
    hours = int(match["hours"])
    sign = "-" if match["sign"] == "+" else "+"
    return f"Etc/GMT{sign}{hours}" if hours else "Etc/GMT"


def _placed(signature: str) -> set[str]:
    """A town of the same name elsewhere makes it unclear: Paris, Texas."""
    found = {zone for zone, pattern in _PATTERNS.items() if pattern.search(signature)}
    american = {zone for zone in found if zone.startswith("America/")}
    if american and _ZIP.search(signature):
        return american
    if found and _ACROSS_THE_SEA.search(signature) and not any(zone.startswith("America/") for zone in found):
        return {*found, "unclear"}
    return found


def _dialled(signature: str) -> set[str]:
    found = set()
    for match in _PHONE.finditer(signature):
        digits = re.sub(r"\D", "", match["digits"])
        zone = next((_COUNTRY_CODES[digits[:size]] for size in (3, 2) if digits[:size] in _COUNTRY_CODES), "?")
        found.add(zone)
    return found if "?" not in found else set()
