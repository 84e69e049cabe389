"""Two designers by `troupe` and a browser: signing in, checking, publishing, going back, pulling."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.desk import PASSWORD, QUICK, Desk
from tests.e2e.running import SCRIPTS

SITE = "https://www.example.com"
KEY = "sk-" + "proj-Ab3dEf6hIj9kLm2nOp5q"


def started(desk: Desk, *words: str | Path) -> "subprocess.Popen[str]":
    """Start `troupe` and leave it running."""
    environment = {**os.environ, **desk.environment(), "BROWSER": "true"}
    command = [str(SCRIPTS / "troupe"), *map(str, words)]
    return subprocess.Popen(
        command, cwd=desk.home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def code_of(desk: Desk, *words: str | Path) -> tuple[int, str]:
    """The exit code of `troupe`, and what it printed."""
    running = started(desk, *words)
    out, _ = running.communicate(timeout=100)
    return running.returncode, out


@pytest.fixture(scope="session")
def designer(desk_of: Callable[[str], Desk]) -> Desk:
    """A designer with a tenant of her own."""
    return desk_of("hedy")


@pytest.fixture(scope="session")
def project(designer: Desk) -> Path:
    """A project that was published twice."""
    folder = designer.make_project("Beacon", {}, {"models": {"provider": "understudy"}})
    server = designer.server.url
    designer.troupe(
        "publish", folder, "--server", server, "--site", SITE, "--licence", "MIT", "--note", "First", *QUICK
    )
    chatbot = json.loads((folder / "chatbot.json").read_text(encoding="utf-8"))
    chatbot["personality"]["greeting"] = "Ahoy!"
    (folder / "chatbot.json").write_text(json.dumps(chatbot), encoding="utf-8")
    designer.troupe("publish", folder, "--server", server, "--note", "Warmer", "--json")
    return folder


def test_the_studio_is_let_in_on_the_servers_own_page(designer: Desk, page: Page) -> None:
    designer.troupe("sign-out", "--server", designer.server.url)
    signing = started(designer, "sign-in", "--server", designer.server.url, "--email", designer.email, "--browser")
    assert signing.stderr is not None
    signing.stderr.readline()
    address = signing.stderr.readline().strip()

    page.goto(address)
    filled_in = page.input_value("#email")
    page.fill("#password", PASSWORD)
    page.click("button.allow")
    page.get_by_text("Back to the studio").wait_for()
    out, _ = signing.communicate(timeout=60)

    assert filled_in == designer.email
    assert out.strip().endswith(f"as {designer.email}")
    assert signing.returncode == 0


def test_releases_are_listed_and_rolled_back(designer: Desk, project: Path) -> None:
    listed = json.loads(designer.troupe("releases", project, "--json"))
    again = json.loads(designer.troupe("publish", project, "--server", designer.server.url, "--json"))
    designer.troupe("rollback", project)
    after = json.loads(designer.troupe("releases", "Beacon", "--server", designer.server.url, "--json"))

    assert [(one["number"], one["note"], one["channels"]) for one in listed] == [
        (2, "Warmer", ["live"]),
        (1, "First", []),
    ]
    assert {one["author"] for one in listed} == {designer.email}
    assert (again["fresh"], again["release"], again["sites"]) == (False, 2, [SITE])
    assert [one["number"] for one in after if "live" in one["channels"]] == [1]
    assert code_of(designer, "rollback", project)[0] == 2


def test_the_checklist_decides_by_its_exit_code(designer: Desk, project: Path, tmp_path: Path) -> None:
    code, out = code_of(designer, "check", project, "--json")
    leaking = tmp_path / "notes.md"
    leaking.write_text(f"# Notes\n\nOur key is {KEY}.\n", encoding="utf-8")
    copy = designer.make_project("Leaky", {}, {})
    designer.troupe("add", copy, leaking)
    blocked, told = code_of(designer, "check", copy, "--json")

    assert (code, json.loads(out)["ready"]) == (0, True)
    found = {item["key"]: item for item in json.loads(told)["items"]}
    assert blocked == 1
    assert (found["secrets"]["state"], found["licence"]["state"]) == ("blocking", "blocking")
    assert "notes.md, line 3" in found["secrets"]["sentence"]
    assert KEY not in told


def test_a_published_chatbot_is_pulled_and_goes_on_there(designer: Desk, project: Path, tmp_path: Path) -> None:
    server = designer.server.url
    pulled = tmp_path / "pulled"

    told = json.loads(designer.troupe("pull", "beacon", pulled, "--server", server, "--release", "2", "--json"))
    draft = json.loads((pulled / "chatbot.json").read_text(encoding="utf-8"))
    draft["personality"]["about"] = "The keeper of the beacon."
    (pulled / "chatbot.json").write_text(json.dumps(draft), encoding="utf-8")
    published = json.loads(
        designer.troupe("publish", pulled, "--server", server, "--channel", "staging", *QUICK, "--json")
    )
    theirs = code_of(designer, "publish", project, "--server", server, "--note", "Mine")

    assert (told["name"], told["release"]) == ("Beacon", 2)
    assert draft["personality"]["greeting"] == "Ahoy!"
    # The second release was made with all that publishing makes.
    assert all(draft["avatar"][name] for name in ("optimised", "poster", "sprites", "card"))
    assert (pulled / "avatar" / "pip.glb").read_bytes() == (project / "avatar" / "pip.glb").read_bytes()
    assert (published["release"], published["channel"]) == (3, "staging")
    # The first desk does not know what was saved meanwhile: it is told to merge, and nothing is overwritten.
    assert theirs == (2, "")
