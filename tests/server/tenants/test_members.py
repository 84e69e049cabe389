"""Members: who may do what, and that a tenant keeps an owner."""

import httpx

from server.tenants.permissions import PERMISSIONS
from tests.server.conftest import PASSWORD, Signed


async def add(client: httpx.AsyncClient, who: Signed, name: str, role: str) -> httpx.Response:
    wish = {"email": f"{name}@example.com", "password": PASSWORD, "name": name, "role": role}
    return await client.post("/api/members", json=wish, headers=who.headers)


async def headers_of(client: httpx.AsyncClient, name: str) -> dict[str, str]:
    wish = {"email": f"{name}@example.com", "password": PASSWORD}
    tokens = (await client.post("/api/auth/sign-in", json=wish)).json()
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def test_a_colleague_works_in_the_same_tenant(client: httpx.AsyncClient, first: Signed) -> None:
    await add(client, first, "lin", "designer")
    headers = await headers_of(client, "lin")
    me = (await client.get("/api/me", headers=headers)).json()
    made = await client.post("/api/chatbots", json={}, headers=headers)
    seen = (await client.get("/api/chatbots", headers=first.headers)).json()

    assert (me["tenant_id"], me["role"]) == (str(first.tenant), "designer")
    assert me["permissions"] == sorted(PERMISSIONS["designer"])
    assert [view["id"] for view in seen] == [made.json()["chatbot_id"]]


async def test_a_designer_manages_no_members(client: httpx.AsyncClient, first: Signed) -> None:
    added = (await add(client, first, "lin", "designer")).json()
    headers = await headers_of(client, "lin")
    answer = await client.put(f"/api/members/{added['account_id']}", json={"role": "owner"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")


async def test_an_admin_makes_no_owner(client: httpx.AsyncClient, first: Signed) -> None:
    admin = (await add(client, first, "kim", "admin")).json()
    headers = await headers_of(client, "kim")
    answer = await client.put(f"/api/members/{admin['account_id']}", json={"role": "owner"}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")


async def test_an_admin_removes_no_owner(client: httpx.AsyncClient, first: Signed) -> None:
    await add(client, first, "kim", "admin")
    owner = (await client.get("/api/me", headers=first.headers)).json()["account_id"]
    answer = await client.delete(f"/api/members/{owner}", headers=await headers_of(client, "kim"))

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")


async def test_the_last_owner_stays(client: httpx.AsyncClient, first: Signed) -> None:
    owner = (await client.get("/api/me", headers=first.headers)).json()["account_id"]
    removed = await client.delete(f"/api/members/{owner}", headers=first.headers)
    lowered = await client.put(f"/api/members/{owner}", json={"role": "designer"}, headers=first.headers)

    assert [removed.json()["code"], lowered.json()["code"]] == ["conflict", "conflict"]


async def test_who_was_removed_cannot_refresh_or_sign_in(client: httpx.AsyncClient, first: Signed) -> None:
    added = (await add(client, first, "lin", "designer")).json()
    wish = {"email": "lin@example.com", "password": PASSWORD}
    tokens = (await client.post("/api/auth/sign-in", json=wish)).json()
    removed = await client.delete(f"/api/members/{added['account_id']}", headers=first.headers)

    refreshed = await client.post("/api/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    again = await client.post("/api/auth/sign-in", json=wish)

    assert (removed.status_code, refreshed.status_code, again.status_code) == (204, 401, 401)


async def test_a_second_tenant_sees_and_changes_no_member_of_the_first(
    client: httpx.AsyncClient, first: Signed, second: Signed
) -> None:
    added = (await add(client, first, "lin", "designer")).json()
    listed = (await client.get("/api/members", headers=second.headers)).json()
    changed = await client.put(f"/api/members/{added['account_id']}", json={"role": "admin"}, headers=second.headers)
    removed = await client.delete(f"/api/members/{added['account_id']}", headers=second.headers)

    assert [view["email"] for view in listed] == [second.email]
    assert (changed.status_code, removed.status_code) == (404, 404)
