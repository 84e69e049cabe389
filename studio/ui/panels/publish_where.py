"""Where a publish goes: the channel, what is new, and the sites that may show the character."""

from typing import cast

from PySide6.QtWidgets import QFrame

from shared.contract.sync import Channel, EmbedView
from shared.errors import BadRequest
from studio.files.binding import last_binding
from studio.model.signals import Signal
from studio.remote.publishing import PublishWish, clean_sites
from studio.remote.releases import save_sites
from studio.remote.showcase import SITE
from studio.ui.bench import Bench
from studio.ui.panels.publish_server import ServerSide
from studio.ui.parts.buttons import Check, Segments, button
from studio.ui.parts.fields import LineField, TextField
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import label
from studio.ui.theme.tokens import ROOM, SNUG

CHANNELS = (("live", "Live", ""), ("staging", "Staging", ""))
_TIPS: dict[Channel, str] = {
    "live": "Visitors get it at once.",
    "staging": "For a page of your own to try it on: staging has a snippet of its own.",
}


class WhereCard(QFrame):
    """Shows and asks. `channel_chosen` tells that another channel is meant."""

    def __init__(self, bench: Bench, side: ServerSide) -> None:
        super().__init__()
        self.channel_chosen = Signal[[]]()
        self._bench, self._side = bench, side
        self.setProperty("kind", "card")
        self.chosen: Channel = "live"
        self.channel = Segments(bench.theme, CHANNELS)
        self.channel.show_choice("live")
        self.channel.chosen.connect(self._choose)
        self._tip = label(_TIPS["live"], "caption", wrap=True)
        self.note = LineField("What is new", placeholder="Opening hours of the winter", maximum=200)
        hint = "One a line. The character shows itself there and nowhere else."
        self.sites = TextField("Allowed sites", hint, "https://www.example.com", lines=2, maximum=8_000)
        self.here = Check(bench.theme, "Also a test page on this desk")
        self.here.setToolTip(SITE)
        self.save = button(bench.theme, "Save the sites now", self.save_sites, icon="globe-lock")
        self.save.setToolTip("Without publishing: the sites hold from the next visit on")
        self._told: tuple[str, bool] = ("", True)
        """What was put into the fields last, by us: anything else was written by somebody."""
        bound = last_binding(bench.opened.project)
        self._show_sites(bound.sites if bound else (SITE,))
        for changed in (self.sites.edited, self.here.toggled):
            changed.connect(lambda _value: self._show_save())
        place = row([label("Publish to"), None, self.channel])
        fields = [self.note, self.sites, self.here]
        self.setLayout(column([place, self._tip, *fields, row([self.save, None])], spacing=SNUG, margin=ROOM))
        link(self, side.changed, self._follow)
        self._show_save()

    def wish(self) -> PublishWish:
        """What is asked for.

        Raises: BadRequest: no site is named, or one of them is none.
        """
        sites = self._sites()
        if not sites:
            raise BadRequest("Name at least one site where the character may show itself.")
        return PublishWish(sites, self.chosen, self.note.edit.text().strip())

    def _sites(self) -> tuple[str, ...]:
        return clean_sites(self.sites.edit.toPlainText()) + ((SITE,) if self.here.isChecked() else ())

    @property
    def embed(self) -> EmbedView | None:
        """What shows the chosen channel on pages; None before it was published."""
        return self._side.standing.embed_on(self.chosen) if self._side.standing else None

    def save_sites(self) -> None:
        """Let other sites show it, without a new release."""
        self._bench.tasks.spawn("Saving the sites", self._save())

    async def _save(self) -> None:
        embed = self.embed
        if embed is not None:
            await save_sites(self._side.signed_account(), embed, self._sites())
            self._told = self._written()
            self._bench.toasts.tell("Sites saved", "They hold from the next visit on.")
            self._side.refresh()

    def _choose(self, key: str) -> None:
        self.chosen = cast("Channel", key)
        self._tip.setText(_TIPS[self.chosen])
        self._follow()
        self.channel_chosen.emit()

    def _follow(self) -> None:
        """Show the sites that the server knows, unless somebody has written others."""
        if self.embed is not None and self._written() == self._told:
            self._show_sites(self.embed.sites)
        self._show_save()

    def _show_sites(self, sites: tuple[str, ...]) -> None:
        self.sites.show_text("\n".join(site for site in sites if site != SITE))
        self.here.setChecked(SITE in sites)
        self._told = self._written()

    def _written(self) -> tuple[str, bool]:
        return self.sites.edit.toPlainText(), self.here.isChecked()

    def _show_save(self) -> None:
        try:
            other = self.embed is not None and set(self._sites()) != set(self.embed.sites)
        except BadRequest:
            other = False
        self.save.setVisible(other)
