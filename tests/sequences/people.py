"""The people and the customers of these tests."""

from decimal import Decimal

from sequences.records.crm import Company, Contact, CustomerPicture, Deal, Stage
from sequences.records.people import Org, User

ORG = Org(id="org_1", name="Larkfield", team_id="T1", email_domains=("larkfield.example",))
REP = User(
    id="user_rep",
    org_id="org_1",
    slack_user_id="U1",
    name="Robin Hale",
    email="robin@larkfield.example",
    is_admin=False,
)
BOSS = User(
    id="user_boss",
    org_id="org_1",
    slack_user_id="U2",
    name="Ines Duarte",
    email="ines@larkfield.example",
    is_admin=True,
)
OTHER_ORG = Org(id="org_2", name="Elsewhere", team_id="T2")
STRANGER = User(id="user_stranger", org_id="org_2", slack_user_id="U1", name="Stefan Weiss")

COMPANY = Company(id="company_1", name="Acme Corp", domain="acme.example")
SARAH = Contact(id="contact_1", name="Sarah Chen", email="sarah@acme.example", company_id="company_1")
DEAL = Deal(
    id="deal_1",
    name="Acme pilot",
    company_id="company_1",
    owner_user_id="user_rep",
    stage=Stage.DEMO,
    amount=Decimal(24000),
    next_step="Call back",
)
CUSTOMER = CustomerPicture(contacts=(SARAH,), company=COMPANY, deal=DEAL)
