"""What a column may be called, by what it holds. Capitals, spaces and punctuation make no difference."""

import re

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "contact", "contact name", "person"),
    "first_name": ("first name", "given name", "forename"),
    "last_name": ("last name", "surname", "family name"),
    "email": ("email", "email address", "work email", "contact email", "mail", "primary email"),
    "title": ("title", "job title", "position", "role"),
    "phone": (
        "phone",
        "phone number",
        "telephone",
        "mobile",
        "mobile phone",
        "mobile phone number",
        "work phone",
        "tel",
    ),
    "timezone": ("timezone", "time zone", "tz"),
    "company": (
        "company",
        "company name",
        "account",
        "account name",
        "organization",
        "organisation",
        "organization name",
        "employer",
        "associated company",
    ),
    "domain": ("domain", "company domain", "company domain name", "website", "website url", "company website", "url"),
    "industry": ("industry", "sector"),
    "employees": ("employees", "number of employees", "employee count", "company size", "headcount"),
    "deal": ("deal", "deal name", "opportunity", "opportunity name"),
    "stage": ("stage", "deal stage", "opportunity stage", "sales stage"),
    "amount": ("amount", "deal amount", "value", "deal value", "opportunity amount"),
    "currency": ("currency", "currency code", "deal currency"),
    "close_on": ("close date", "closing date", "expected close date", "close on", "close"),
    "owner": ("owner email", "owner", "deal owner", "deal owner email", "opportunity owner", "contact owner"),
}
IDENTIFYING = {"name", "first_name", "last_name", "email", "company", "domain", "deal"}


def fold_heading(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


FIELD_OF = {fold_heading(heading): field for field, headings in HEADINGS.items() for heading in headings}
