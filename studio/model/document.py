"""The project being edited: one draft, changed only by named steps that can be undone."""

from shared.contract.avatar import AvatarFacts, RoleProposal
from shared.contract.chatbot import ChatbotDraft
from studio.model.history import History, Step
from studio.model.signals import Signal


class Document:
    """Holds the draft, tells who listens, and can take everything back.

    `facts` and `proposals` are measured, not edited: they change with the avatar's file, outside the history.
    """

    def __init__(
        self, draft: ChatbotDraft, facts: AvatarFacts | None = None, proposals: tuple[RoleProposal, ...] = ()
    ) -> None:
        self.draft_changed = Signal[[ChatbotDraft]]()
        self.saved_changed = Signal[[bool]]()
        self.history = History()
        self.facts = facts or AvatarFacts()
        self.proposals = proposals
        self._draft = draft
        self._saved_draft = draft

    def continued(self, facts: AvatarFacts, proposals: tuple[RoleProposal, ...]) -> "Document":
        """The same draft with its history over another avatar, as a document that nobody listens to yet."""
        made = Document(self._draft, facts, proposals)
        made.history = self.history.continued()
        made._saved_draft = self._saved_draft
        return made

    @property
    def draft(self) -> ChatbotDraft:
        """The draft as it stands."""
        return self._draft

    @property
    def saved(self) -> bool:
        """Whether the draft on disk says the same."""
        return self._draft == self._saved_draft

    def change(self, name: str, after: ChatbotDraft, *, gesture: str | None = None) -> bool:
        """Make `after` the draft, as a step called `name`; changing nothing is no step.

        Args:
            gesture: changes of the same gesture that follow each other are one step, until `settle`.
        Returns: whether anything changed.
        """
        if after == self._draft:
            return False
        self.history.record(Step(name, self._draft, after, gesture))
        self._show(after)
        return True

    def settle(self) -> None:
        """End the gesture that is going on: a slider was let go, a field was left."""
        self.history.seal()

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        draft = self.history.undo()
        if draft is not None:
            self._show(draft)

    def redo(self) -> None:
        """Do the last undone step again, if there is one."""
        draft = self.history.redo()
        if draft is not None:
            self._show(draft)

    def go_to(self, done: int) -> None:
        """Undo or redo until so many steps are done, as far as there are any; told once, at the end."""
        draft = self._draft
        while len(self.history.names) > done and (earlier := self.history.undo()) is not None:
            draft = earlier
        while len(self.history.names) < done and (later := self.history.redo()) is not None:
            draft = later
        if draft != self._draft:
            self._show(draft)

    def mark_saved(self, draft: ChatbotDraft) -> None:
        """Remember which draft is on disk."""
        before = self.saved
        self._saved_draft = draft
        if self.saved != before:
            self.saved_changed.emit(self.saved)

    def _show(self, draft: ChatbotDraft) -> None:
        before = self.saved
        self._draft = draft
        self.draft_changed.emit(draft)
        if self.saved != before:
            self.saved_changed.emit(self.saved)
