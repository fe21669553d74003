"""Names of rivals in a sentence: words written like names where a rival is spoken of."""

import re

_LEAD = (
    r"(?:looked at|looking at|talked to|talking to|talking with|spoke to|spoke with|speaking to|speaking with|evaluated|evaluating|tried|trialled|trialed|piloted|demoed|"
    r"demos? (?:from|of|with)|quotes? from|offers? from|proposals? from|bids? from|prices? from|asked|considering|comparing|compared|using|use|used|with|switch(?:ing)? from|moving from|"
    r"against|versus|vs\.?|like|from|than|and|or|to)"
)
_NAME = r"[A-Z][\w&.'-]*[\w](?:\s+[A-Z][\w&.-]*\w)?"
_NAMED = re.compile(rf"\b{_LEAD}\s+({_NAME})")
_SUBJECT = re.compile(rf"({_NAME})\s+(?:has |have |also )*(?:quoted|offered|came in at|pitched)\b")
_NOT_A_NAME = re.compile(
    r"^(?:I|I'\w+|We|They|He|She|It|You|The|Our|My|That|This|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Q[1-4]|IT|HR|CEO|CFO|CTO|COO|CIO|RFP|SaaS|ERP|CRM|API|US|UK|EU|Excel|And|But|So|Or|A|An)$"
)


def rival_names(quote: str) -> list[str]:
    """In the order in which they stand; none when nothing is written like a name."""
    found = [match[1] for pattern in (_NAMED, _SUBJECT) for match in pattern.finditer(quote)]
    names = [name.strip(".") for name in found if not _NOT_A_NAME.match(name.split()[0])]
    return list(dict.fromkeys(names))
