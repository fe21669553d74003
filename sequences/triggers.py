"""The ten built-in sequences, declared in one table: who may raise each, with what, and what it will need.

A sequence is listed here before its steps are written, so that an event for it is checked as it will be, and kept
with the reason why nothing ran.
"""

from sequences.records.event import EventSource, EventType
from sequences.records.payloads import (
    Asked,
    DealGoneQuiet,
    EmailArrived,
    MeetingAhead,
    MeetingEnded,
    RecurringTick,
)
from sequences.sequence import Affinity, Trigger
from sequences.step import Capability

ALL_TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        event=EventType.MEETING_ENDED,
        payload=MeetingEnded,
        sources=frozenset(
            {EventSource.WEBHOOK_MEETINGBAAS, EventSource.CLI_MEETING, EventSource.ORCHESTRATOR_CONTINUATION}
        ),
        confidence=0.95,
        affinity=Affinity.MEETINGS,
        capabilities=frozenset(
            {Capability.MEETINGS, Capability.EMAIL, Capability.CRM, Capability.TASKS, Capability.MESSAGING}
        ),
    ),
    Trigger(
        event=EventType.PRE_MEETING_90MIN,
        payload=MeetingAhead,
        sources=frozenset({EventSource.CRON_PRE_MEETING, EventSource.WEBHOOK_CALENDAR}),
        confidence=0.95,
        affinity=Affinity.RESEARCH,
        capabilities=frozenset({Capability.CALENDAR, Capability.CRM, Capability.ENRICHMENT, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.EMAIL_RECEIVED,
        payload=EmailArrived,
        sources=frozenset({EventSource.WEBHOOK_EMAIL}),
        confidence=0.90,
        affinity=Affinity.OUTREACH,
        capabilities=frozenset({Capability.EMAIL, Capability.CRM, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.DEAL_RISK_SCAN,
        payload=RecurringTick,
        sources=frozenset({EventSource.CRON_PIPELINE_SCAN}),
        confidence=0.85,
        affinity=Affinity.PIPELINE,
        capabilities=frozenset({Capability.CRM, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.STALE_DEAL_REVIVAL,
        payload=DealGoneQuiet,
        sources=frozenset({EventSource.CRON_PIPELINE_SCAN, EventSource.ORCHESTRATOR_CHAIN}),
        confidence=0.85,
        affinity=Affinity.PIPELINE,
        capabilities=frozenset({Capability.CRM, Capability.EMAIL, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.PROPOSAL_GENERATION,
        payload=Asked,
        sources=frozenset({EventSource.ORCHESTRATOR_CHAIN, EventSource.SLACK_COMMAND}),
        confidence=0.90,
        affinity=Affinity.OUTREACH,
        capabilities=frozenset({Capability.CRM, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.CALENDAR_FIND_TIMES,
        payload=Asked,
        sources=frozenset({EventSource.ORCHESTRATOR_CHAIN, EventSource.SLACK_COMMAND}),
        confidence=0.90,
        affinity=Affinity.MEETINGS,
        capabilities=frozenset({Capability.CALENDAR, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.CAMPAIGN_DAILY_CHECK,
        payload=RecurringTick,
        sources=frozenset({EventSource.CRON_CAMPAIGN_CHECK, EventSource.CRON_MORNING}),
        confidence=0.85,
        affinity=Affinity.PROSPECTING,
        capabilities=frozenset({Capability.CAMPAIGNS, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.COACHING_WEEKLY,
        payload=RecurringTick,
        sources=frozenset({EventSource.CRON_COACHING_WEEKLY, EventSource.CRON_WEEKLY}),
        confidence=0.85,
        affinity=Affinity.MEETINGS,
        capabilities=frozenset({Capability.MEETINGS, Capability.MESSAGING}),
    ),
    Trigger(
        event=EventType.MORNING_BRIEF,
        payload=RecurringTick,
        sources=frozenset({EventSource.CRON_MORNING}),
        confidence=0.95,
        affinity=Affinity.CRM_OPS,
        capabilities=frozenset({Capability.CRM, Capability.MESSAGING}),
    ),
)


def trigger_of(event: EventType) -> Trigger:
    return next(trigger for trigger in ALL_TRIGGERS if trigger.event is event)
