"""Watches the file that the avatar came from: a new export appears by itself, once it is whole."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from studio.files.source import stamp_of
from studio.ui.bench import Bench
from studio.ui.panels.avatar_change import summary
from studio.ui.parts.links import link
from studio.ui.problems import ProblemText

QUIET_MILLISECONDS = 600
"""For so long a file must not have grown to count as whole."""
NEW_EXPORT = "Take the new export"


async def _taken(bench: Bench, file: Path) -> None:
    """Take a file, and say what became of the clips: whoever is in another section sees nothing of it else.

    Raises: BadGlb: it cannot be read. BadProject: the disk refused.
    """
    await bench.desk.replace_avatar(file, NEW_EXPORT)
    current = bench.desk.current
    if current is not None and current.matching is not None:
        bench.toasts.tell(f"New export of {file.name}", summary(current.matching), "accent")


class AvatarWatch(QObject):
    """One open project's: takes new exports, and follows the history to avatars before."""

    def __init__(self, bench: Bench, owner: QObject) -> None:
        super().__init__(owner)
        self._bench = bench
        self._seen = ""
        """The stamp at the last look: who still writes makes another."""
        self._refused = ""
        """The stamp of a file that could not be read: it is not tried again before it changes."""
        self._busy = False
        self._files = QFileSystemWatcher(self)
        self._files.fileChanged.connect(lambda _path: self._wait())
        # An exporter that renames its result over the old file takes the watched one away.
        self._files.directoryChanged.connect(lambda _path: self._wait())
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MILLISECONDS)
        self._quiet.timeout.connect(self._look)
        link(self, bench.desk.source_changed, self._follow_source)
        link(self, bench.document.draft_changed, lambda _draft: self._follow_history())
        self._follow_source()

    def take(self) -> None:
        """Take the file as it lies there now."""
        source = self._bench.desk.source
        if source is None or self._busy:
            return
        self._busy, self._refused = True, stamp_of(source.file)
        taking = _taken(self._bench, source.file)
        self._bench.tasks.spawn("Taking the new export", taking, failed=self._tell, ended=self._end)

    def _follow_source(self) -> None:
        watched = [*self._files.files(), *self._files.directories()]
        if watched:
            self._files.removePaths(watched)
        source = self._bench.desk.source
        if source is not None and source.watch and source.file.parent.is_dir():
            self._watch(source.file)
            self._wait()

    def _watch(self, file: Path) -> None:
        self._files.addPath(str(file.parent))
        if file.is_file():
            self._files.addPath(str(file))

    def _wait(self) -> None:
        source = self._bench.desk.source
        if source is not None:
            self._seen = stamp_of(source.file)
            self._quiet.start()

    def _look(self) -> None:
        source = self._bench.desk.source
        if source is None or not source.watch:
            return
        if str(source.file) not in self._files.files():
            self._watch(source.file)
        now = stamp_of(source.file)
        if now != self._seen:
            self._wait()
        elif source.changed and now != self._refused:
            self.take()

    def _tell(self, problem: ProblemText) -> None:
        sentence = f"{problem.sentence} The avatar on stage stays; export it again, and it comes by itself."
        self._bench.toasts.problem(ProblemText("The new export cannot be read", sentence, problem.code))

    def _end(self) -> None:
        self._busy = False

    def _follow_history(self) -> None:
        if self._bench.desk.must_follow and not self._busy:
            self._busy = True
            self._bench.tasks.spawn("Changing the avatar", self._bench.desk.follow_avatar(), ended=self._end_following)

    def _end_following(self) -> None:
        self._busy = False
        # The history may have been moved on meanwhile.
        if self._bench.desk.current is self._bench.opened:
            self._follow_history()
