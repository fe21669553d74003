"""What goes wrong at a prospect's today: the problem that they want solved."""

import re
from collections.abc import Iterator

from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken, read_conversation
from sequences.skills.rules.once import once_per_meeting
from sequences.skills.rules.sentences import Sentence

_WE = r"(?:we|i|they|it|she|he|people|everybody|everyone|nobody|somebody|someone|staff|reps?|the (?:team|guys|girls|lads|drivers|nurses|parents|customers|staff|crew)|our \w+|my \w+|half of \w+|two of them|some of them)"
_TIME = r"(?:minutes|hours?|days?|weeks?|months|forever|ages|all (?:day|night|morning|week))"
_PAIN = re.compile(
    r"\b(?:"
    r"(?:the|our|my|biggest|main|real|whole|only) (?:\w+ )?(?:problem|issue|challenge|headache|pain|frustration|bottleneck|struggle|trouble|worry) (?:is|s|was|right now|today|there)\b(?! (?:that )?(?:you|your|price|the price))|"
    r"(?:the|our) \w+ (?:is|are|was|were) (?:killing|hurting|drowning)|"
    rf"{_WE} (?:\w+ )?(?:struggle|struggles|struggling|waste|wastes|wasting|lose|loses|losing|(?:lost|lose) (?:\S+ ){{0,2}}?(?:orders?|customers?|deals?|data|track|time|days?|hours?|containers?|money|stock|patients?|calls?)|keep (?:\w+ )?(?:losing|missing|forgetting|getting)|forget|forgets|missed|misses|retyped?|retypes|types?|(?:are|is|keep|keeps) complaining|drowning|guess|guessing|can ?not (?:find|tell|trust|keep (?:up|track))|do not trust)\b|"
    rf"(?:spend|spends|spent|takes?|took|costs?) (?:\S+ ){{0,5}}?(?:\w+ )?{_TIME}\b|"
    r"cost(?:s|ing)? us\b|nightmare|dumpster fire|total mess|a mess|wheels (?:are )?coming off|falling apart|chaos|chaotic|disaster|"
    r"drives? (?:me|us|everyone|them) (?:crazy|mad|nuts|up the wall)|falls? (?:over|through the cracks)|by hand\b|manually|on paper\b|"
    r"too (?:slow|long|clunky|complicated|often|many (?:errors|mistakes|steps|clicks))|error prone|out of (?:date|sync|stock)|"
    r"(?:nobody|no one) (?:\w+ )?(?:owns|knows (?:who|what|where|how|which|the)|trusts?|uses?|used|answers?|reads|picks)|there is no one who knows|"
    r"copy(?:ing)? and past(?:e|ing)|copy pasting|retyping|double entry|"
    r"sits? in (?:\S+ ){1,4}for (?:\S+ )?(?:days|weeks)|were out|got burned|no visibility|flying blind|"
    r"something gets (?:missed|lost|forgotten)|gets? (?:missed|lost|forgotten|stuck|overlooked)|go(?:es)? missing|got lost|"
    r"(?:does not|do not|never|did not) (?:match|add up|work|sync|talk to each other|arrive|show up|update|line up)|"
    r"(?:crashe?s|crashed|breaks|broke|freezes|jams|leaks|(?:phones?|calls?|line|connection|signal|it|they) drops?|went down|goes down|keeps (?:crashing|breaking|failing|dropping|stopping))\b|"
    r"got a fine|been fined|fined us|wrong (?:template|version|place|address|item|part|order|size)|late (?:again|every)|always late|a day late|"
    r"(?:we are|they are|we are all) not using it|complaints? (?:about|from|every)|(?:errors|mistakes) (?:in|every|all)|"
    r"keeps? me up at night|(?:hate|hates) (?:it|doing|the)|on a (?:wall|white) ?(?:board|planner)|in my (?:head|memory)|wiped out|sitting idle|"
    r"after (?:we|i) (?:spent|paid|shipped) it)\b"
)
_NOT_PAIN = re.compile(
    r"^(?:(?:so|well|and) )?on paper (?:we|it|i|they|that)\b|^which is\b|\bi guess (?:it|so|that|this|you|we|i)\b|\byou spend\b|\bspends? the (?:day|night)\b|"
    r"\b(?:can not|must not|could not|cannot) be (?:\w+ ){0,3}late\b|\bcost cent(?:re|er)\b|\b(?:gets?|has|have|want) (?:a|the (?:last|final)) say\b|"
    r"\bwhen (?:we|i) (?:came|moved|switched|changed)\b|\bundercut\b|\b(?:the law|consent|approval|sign off|advice|trustees?|committee|council|senate|jury)\b|"
    r"\b(?:they|contractors?|he|she|both) (?:\w+ )?(?:takes?|took) (?:\w+ ){0,3}(?:weeks|months)\b(?! (?:to|before they) (?:answer|reply|fix|respond|deliver|come|send|ship))|"
    r"\bafter is\b|"
    r"^(?:because|please|if|and if|tell|send|let)\b|\b(?:no (?:problem|issue|trouble)|not (?:a|the|an) (?:problem|issue|concern)|would|could|if|will|your (?:price|product|proposal|quote|team|people)|"
    r"budget|save|saves|saved|price|pricing|expensive|redline|risk (?:alone )?takes|you (?:would|will|could|should)|drop (?:me|you|us)|"
    r"(?:meeting|call|traffic|parking|weather|weekend|holiday|football|flight|microphone|mic|camera|audio|screen)|"
    r"(?:my|his|her|the) (?:wife|husband|son|daughter|kids?|dog|cat|baby)|may|might|type not|used to|solved|sign|month to month|i am not having|nothing hidden|love it|fixed it|breaks? (?:even|for)|spend (?:\S+ )?(?:money|up to))\b"
)
_SHORTEST = 5  # words
_SIZE = re.compile(
    r"\b(?:\d[\d,.%]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|half|percent|every)\b"
)


def pains(spoken: Spoken) -> Iterator[Sentence]:
    """Sentences of a prospect about what goes wrong today."""
    if spoken.side is not Side.PROSPECT or spoken.is_joke:
        return
    for sentence in spoken.sentences:
        if (
            len(sentence.words) >= _SHORTEST
            and not sentence.has_question_mark
            and _PAIN.search(sentence.plain)
            and not _NOT_PAIN.search(sentence.plain)
        ):
            yield sentence


@once_per_meeting
def troubles(material: MeetingMaterial) -> tuple[tuple[Spoken, Sentence], ...]:
    """All of a meeting, in order: several skills ask, and reading takes its time."""
    return tuple((spoken, sentence) for spoken in read_conversation(material) for sentence in pains(spoken))


def has_size(sentence: Sentence) -> bool:
    """Whether it says how much or how often."""
    return bool(_SIZE.search(sentence.plain))
