"""Names of companies and products in a sentence: words written like names where a rival or a tool is spoken of."""

import re

_SPACE = r"[ \u00a0]"
_WORD = r"[A-Z][\w&]*(?:['\u2019.-][A-Za-z]\w*)*"
_NAME = rf"{_WORD}(?:{_SPACE}(?:of{_SPACE}|&{_SPACE})?{_WORD}){{0,2}}"
_BEFORE = (
    r"(?:look(?:ed|ing)? at|talk(?:ed|ing)? (?:to|with)|spok(?:e|en) (?:to|with)|speaking (?:to|with)|conversations with|met with|"
    r"evaluat(?:ed|ing)|tri(?:ed|alled|aled)|trialing|pilot(?:ed|ing)|demoed|shortlisted|considered|"
    r"(?:demos?|quotes?|offers?|proposals?|bids?|prices?|price|number|pitch|system|tool|bloke|guys?|fella|lads?|people|folks|rep|team|friends) (?:from|of|off|by|at)|"
    r"considering|compar(?:e|ed|ing) (?:it |this |you |them )?(?:with|to|against)|tires on|"
    r"switch(?:ed|ing)? (?:from|to)|mov(?:e|ed|ing) (?:from|off|to)|off(?: of)?|against|versus|vs\.?|cheaper than|than|like|called|named|"
    r"ruled out(?: keeping)?|go(?:ne|ing)? with|went with|deal with|signed (?:up )?with|go at (?:this|it) with|stay(?:ing)? with|stick(?:ing)? with|still with|"
    r"(?:are|'re|\u2019re|been|was|were) with|have got|have|got|had|bought|rang|install(?:ed)?|using|uses?|used|ran|running|pay (?:[\d,.]+k? )?(?:for|to)|paying|buy from|into|even|that)"
)
_FOLLOWING = re.compile(rf"\b(?i:{_BEFORE}){_SPACE}(?:(?:the|an?|that|also|now|to){_SPACE})?(?P<name>{_NAME})")
_AND_ANOTHER = re.compile(rf"(?:,| and| or| plus)(?:{_SPACE}(?:also|maybe|even|then|and))*{_SPACE}(?P<name>{_NAME})")
_VERB = (
    r"(?:quoted|quotes|offered|offers|(?:is|are) offering|came (?:in|back|with|out)|comes in|coming (?:in|back)|has come back|(?:had |has )?told (?:us|me|installation|that)|pitched|(?:is|are) pitching|"
    r"put (?:\S+ ){0,3}in front|will do|would do|can do|does (?:it|that|the same)|do it|charges?|charged|(?:is|are) (?:giving|asking|charging|running|cheaper|less|at|about|bringing|still|visiting|turning)|gives? (?:us|me|it)|"
    r"wants? \S+ (?:a|per|for)|promised|showed (?:us|me)|were (?:here|in)|(?:has|have) (?:a|an|the|come|quoted|offered)|costs?|swears?)"
)
_SUBJECT = re.compile(
    rf"(?<![\w.])(?P<name>{_NAME})(?:['\u2019]s (?:at|cheaper|got|doing|coming|offering|been|will|half|about)|['\u2019]ll do|['\u2019]ve|{_SPACE}(?:(?:also|already|just|even|both){_SPACE})*{_VERB})\b"
)
_APPOSED = re.compile(rf", (?P<name>{_NAME})(?=[,.;]|$)")
# "Our CFO, Ingrid," names a person.
_PERSON = re.compile(
    r"\b(?:boss|manager|director|head|controller|lawyer|counsel|partner|wife|husband|brother|sister|cousin|nephew|owner|"
    r"founder|c[efiot]o|ciso|treasurer|officer|chair\w*|president|colleague|friend|lead|engineer|doctor|adviser|advisor|"
    r"accountant|principal|purchasing|finance|legal|security|quality|operations)$",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:(?:guy|man|woman|fellow|fella|bloke|lady|colleague|cousin|friend|brother|someone|somebody) (?:called|named)|in|near|outside|around|across|out of|up from|down from|over from|down at|based in|flight to|train to|drive to|travel to|company from|firm from|somebody from|someone from|one from|guy up from|over in|back to|here to|go to|went to|goes to)(?: the)?$",
    re.IGNORECASE,
)
_NO_NAMES = """
a about above actually after again ah all alright also although an and another any anybody anyone anyway are as at aye
    back basically because before being besides both but by can cause could currently did do does done each either else even
    every everybody everyone everything except fair fine first for frankly from funny given god going good got great had half
    has have he hello hell hence her here hey hi him his hm hmm honestly how however i if in indeed instead is it its just
    last lately later let like listen look lord lots luckily many may maybe me might mind mine more most mostly much must my
    namely never next no nobody none nope nor normally not nothing now obviously of off officially oh ok okay old on once one
    only onto or other others otherwise ouch our ours over people perhaps personally please plus possibly probably quite
    rather really right same see seriously several shall she should since so some somebody someone something sometimes soon
    sorry still such sure tell ten than thank thanks that the their them then there these they things think this those though
    three through to today together tomorrow too truly twelve twenty two uff uh um unless unofficially until up us usually
    very was we well were what whatever when where whereas whether which while who whoever whole why will wish with within
    without wonder would wow yeah year years yep yes yesterday yet you your yours
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter thanksgiving ramadan diwali valentine valentine's spring summer autumn winter
    q1 q2 q3 q4 h1 h2 it's that's there's he's she's we're i'm i've i'll
    chinese english french german dutch spanish italian american british irish scottish welsh european polish swiss indian
    japanese turkish canadian australian bible europe america germany france england
    ceo cfo cto coo cio ciso vp svp fd md hr it ai api erp crm sso gdpr hipaa iso soc sla msa nda rfp rfq po kpi roi poc saas
    two three four five six seven eight nine eleven thirteen fourteen fifteen sixteen seventeen eighteen nineteen thirty forty
    fifty sixty seventy eighty ninety hundred thousand million half usb pdf vat gst ok tv us uk eu usa mr mrs ms dr prof
"""
_PLAIN = frozenset(_NO_NAMES.split())
_LONGEST = 3  # words of a name


def named_others(text: str, known: frozenset[str] = frozenset()) -> list[str]:
    """In the order in which they stand. ``known`` are names, in small letters, that are nobody's rival's."""
    found: list[tuple[int, str]] = []
    for pattern in (_FOLLOWING, _SUBJECT):
        for match in pattern.finditer(text):
            found += _taken(text, match, known)
    for match in _APPOSED.finditer(text):
        if not _PERSON.search(text[: match.start()]):
            found += _taken(text, match, known)
    taken = {position for position, _ in found}
    for match in _AND_ANOTHER.finditer(text):
        if any(0 < match.start("name") - position < 40 for position in taken):
            found += _taken(text, match, known)
    return list(dict.fromkeys(name for _, name in sorted(found)))


def _taken(text: str, match: re.Match[str], known: frozenset[str]) -> list[tuple[int, str]]:
    """The name without plain words at its start and without the possessive at its end."""
    words = match["name"].split()
    start = match.start("name")
    while words and _bare(words[0]) in _PLAIN:
        start += len(words[0]) + 1
        words = words[1:]
    while words and _bare(words[-1]) in _PLAIN:
        words = words[:-1]
    name = re.sub(r"['\u2019](?:s|ll|ve|d|re)$", "", " ".join(words[:_LONGEST])).strip(".")
    if len(name) < 3 or _PLACED.search(text[: match.start("name")].rstrip()):
        return []
    parts = re.findall(r"\w+", name.casefold())
    if re.match(r" (?:brothers?|sisters?|family|says?|said)\b", text[match.end("name") :]):
        return []
    if any(part in known for part in parts) or all(part in _PLAIN for part in parts):
        return []
    return [(start, name)]


def _bare(word: str) -> str:
    return word.casefold().replace("\u2019", "'").strip(".")
