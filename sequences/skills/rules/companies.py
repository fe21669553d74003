"""Whether a word is written like the name of a company."""

import re

from sequences.skills.rules.sentences import Sentence

_NO_COMPANY = re.compile(
    r"^(?:i|mr|mrs|ms|dr|it|itdept|hr|rfp|nda|msa|sow|poc|ceo|cfo|cto|coo|cio|vp|q\d|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|english|german|french|europe|america|us|uk|eu|london|excel|"
    r"sharepoint|outlook|word|google|zoom|slack|teams|linkedin|youtube|whatsapp|covid|god|jesus|sunday|you|the|we|they|and|but|so|pdf|csv|api|erp|crm)$"
)
# Words that begin a sentence with a capital and are no names.
_OPENER = re.compile(
    r"^(?:oh|ah|hm|hmm|ha|yeah|ok|okay|hey|hi|hello|thanks|thank|please|sorry|look|listen|wow|good|fine|cool|nice|exactly|correct|true|agreed|"
    r"perfect|lovely|brilliant|fair|question|morning|afternoon|today|tomorrow|next|last|first|second|third|does|do|is|are|can|could|would|will|did|has|have|i|"
    r"he|she|it|that|this|they|who|which|what|there|here|nobody|everybody|everyone|somebody|someone|people|one|two|three|another|other|others|"
    r"all|both|each|every|management|legal|finance|procurement|purchasing|security|corporate|headquarters|operations|engineering|marketing|sales|"
    r"boss|mom|dad|my|our|your|his|her|their|its|no|yes|so|then|now|well|ok|because|if|when|where|how|why|maybe|usually|also|only|just|same|anything|"
    r"everything|nothing|something|customers?|clients?|patients?|vendors?|suppliers?|competitors?|labor|fuel|shipping|training|support|price|budget|"
    r"honestly|basically|overall|plus|right|great|sure|most|some|many|quality|compliance|accounting|hr|ops|board|leadership)$"
)


def is_company(sentence: Sentence, number: int, people: frozenset[str]) -> bool:
    """Whether a word is written like a company's name: a capital that no sentence start explains. ``people`` are no
    company's names."""
    word = sentence.words[number]
    if number and word.start == sentence.words[number - 1].start:  # the second half of "I'm"
        return False
    written = sentence.source[word.start]
    if not written.isupper() or word.text in people or _NO_COMPANY.match(word.text):
        return False
    return (number > 0 and not sentence.words[number - 1].quoted) or not _OPENER.match(word.text)
