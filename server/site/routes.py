"""`/` and `/demo/{slug}`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from server.site.public import Site

router = APIRouter(include_in_schema=False)


def site_of_app(request: Request) -> Site:
    """The site of the app that a request came to."""
    site: Site = request.app.state.site
    return site


CurrentSite = Annotated[Site, Depends(site_of_app)]


@router.get("/")
async def front_page(site: CurrentSite) -> Response:
    """What runs here."""
    return site.front_page()


@router.get("/demo/{slug}")
async def demo_page(slug: str, request: Request, site: CurrentSite) -> Response:
    """A demo's page, by the name that makes it another origin than its frame."""
    page = site.demo_page(slug)
    here = f"{request.url.scheme}://{request.url.netloc}"
    if here == site.settings.origin != site.origin:
        return RedirectResponse(f"{site.origin}/demo/{slug}", 307)
    return page


@router.get("/demo/{slug}/card.webp")
async def picture(slug: str, site: CurrentSite) -> Response:
    """A demo's picture."""
    return FileResponse(site.picture(slug), media_type="image/webp", headers={"Cache-Control": "public, max-age=3600"})
