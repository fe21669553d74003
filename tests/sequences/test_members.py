"""Who belongs to the workspace: Slack's word, kept so that no event waits for Slack."""

import pytest

from sequences.members import Members
from sequences.ports.outside import Member, MessengerError, Workspace
from sequences.records.people import Org, User
from storage.people import StoredPeople
from tests.sequences.people import ORG, REP
from tests.sequences.world import World

DEFAULTS = Org(id="", name="", team_id="")


def member(slack_user_id: str = "U1", **changes: object) -> Member:
    values = {"slack_user_id": slack_user_id, "name": "Robin Hale", "email": "Robin@Larkfield.example"}
    return Member.model_validate(values | {"timezone": "Europe/London", "is_admin": False} | changes)


@pytest.fixture
def members(world: World) -> Members:
    return Members(store=world.store, messenger=world.messenger, defaults=DEFAULTS, clock=world.clock)


def joined(world: World, *people: Member, name: str = "Larkfield") -> None:
    world.messenger.workspace = Workspace(team_id=ORG.team_id, name=name, members=people)


async def test_ctx_01_slacks_word_is_refreshed_and_ones_own_settings_stay(world: World, members: Members) -> None:
    await world.save_rep(signature="Yours, R.", daily_send_limit=7)
    joined(world, member(name="Robin H.", is_admin=True), name="Larkfield Ltd")
    org = await members.refresh()
    assert (org.id, org.name) == (ORG.id, "Larkfield Ltd")
    rep = await members.find(ORG.team_id, "U1")
    assert rep is not None
    assert (rep.id, rep.name, rep.email, rep.is_admin) == (REP.id, "Robin H.", "robin@larkfield.example", True)
    assert (rep.signature, rep.daily_send_limit) == ("Yours, R.", 7)


async def test_ctx_01_our_domains_are_our_members_own_without_free_mail(world: World, members: Members) -> None:
    joined(
        world, member(), member("U2", email="x@gmail.com"), member("U3", email=None), member("U4", email="y@b.example")
    )
    assert (await members.refresh()).email_domains == ("b.example", "larkfield.example")


@pytest.mark.parametrize("odd", ["Mars/Base", "", "Europe", "../x"])
async def test_quiet_01_a_zone_that_nobody_knows_is_utc(world: World, members: Members, odd: str) -> None:
    joined(world, member(timezone=odd))
    await members.refresh()
    rep = await members.find(ORG.team_id, "U1")
    assert rep is not None
    assert rep.timezone == "UTC"


async def test_beyond_01_somebody_new_is_asked_about_once(world: World, members: Members) -> None:
    joined(world, member(), member("U9", name="New", email=None))
    found = await members.find(ORG.team_id, "U9")
    assert found is not None
    assert found.name == "New"


async def test_beyond_01_guests_and_other_workspaces_are_nobody(world: World, members: Members) -> None:
    joined(world, member())
    assert await members.find(ORG.team_id, "UGUEST") is None
    assert await members.find("T-elsewhere", "U1") is None


async def test_err_09_slack_being_away_changes_nothing(world: World, members: Members) -> None:
    world.messenger.errors = [MessengerError("away")]
    assert await members.find(ORG.team_id, "U9") is None
    found = await members.find(ORG.team_id, "U1")
    assert found is not None
    assert found.id == REP.id


async def test_beyond_01_who_left_slack_decides_nothing_and_owns_no_meeting(world: World, members: Members) -> None:
    joined(world, member(), member("U9", name="New", email="new@larkfield.example"))
    org = await members.refresh()
    joined(world, member())
    await members.refresh()
    assert await members.find(ORG.team_id, "U9") is None
    async with world.store.read() as tx:
        assert [user.slack_user_id for user in await tx.people.users(org.id)] == ["U1"]
    joined(world, member(), member("U9", name="New", email="new@larkfield.example"))
    await members.refresh()
    back = await members.find(ORG.team_id, "U9")
    assert back is not None
    assert back.left_at is None


async def test_beyond_01_an_empty_list_is_a_failed_look_up_and_nobody_has_left(world: World, members: Members) -> None:
    joined(world, member())
    await members.refresh()
    joined(world)
    await members.refresh()
    assert await members.find(ORG.team_id, "U1") is not None


async def test_ctx_01_a_large_company_is_refreshed_and_whoever_has_left_is_found(
    world: World, members: Members
) -> None:
    """More people than one statement may name."""
    everybody = tuple(member(f"U{number}", email=None) for number in range(40_000))
    async with world.database.begin() as tx:
        assert await tx.people.retire(ORG.id, present=[one.slack_user_id for one in everybody], at=world.clock()) == 0
        assert await tx.people.retire(ORG.id, present=[f"V{number}" for number in range(40_000)], at=world.clock()) == 2
        assert await tx.people.users(ORG.id) == []
    joined(world, everybody[1], everybody[2])
    await members.refresh()
    async with world.database.read() as tx:
        assert {user.slack_user_id for user in await tx.people.users(ORG.id)} == {"U1", "U2"}, "both came back"


async def test_ctx_01_who_stayed_as_they_were_is_not_written_again(
    world: World, members: Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    save = StoredPeople.save_member

    async def noted(self: StoredPeople, user: User) -> User:
        written.append(user.slack_user_id)
        return await save(self, user)

    joined(world, member(), member("U2"), member("U3"))
    await members.refresh()
    monkeypatch.setattr(StoredPeople, "save_member", noted)
    await members.refresh()
    assert written == []
    joined(world, member(), member("U2", name="Ines D."), member("U4"))
    await members.refresh()
    assert sorted(written) == ["U2", "U4"]
    assert await members.find(ORG.team_id, "U3") is None
