"""What the tour says, stop by stop."""

from functools import partial

from studio.model.checklist import Section
from studio.ui.topbar import TopBar
from studio.ui.tour import Stop
from studio.ui.workspace import Workspace

WORDS: tuple[tuple[Section, str, str], ...] = (
    ("avatar", "The avatar", "What the GLB holds, measured: clips, triangles, textures, face. "
     "Findings say what to mend."),
    ("acting", "Acting", "Every clip gets a role, such as greeting or thinking. Most find theirs by name or by motion; "
     "where that is unsure, you are asked. Drag clips to change it."),
    ("personality", "Personality", "Who the character is and how it speaks, and the prompt that comes of it."),
    ("knowledge", "Knowledge", "Drop documents here: every answer is taken from them, with its source."),
    ("rehearsal", "Rehearsal", "Talk to it here. It is the very code that performs on the website, and the avatar acts "
     "while it answers. No key is needed."),
    ("look", "Look & placement", "Colours, framing and words, and on which pages it shows itself."),
    ("publish", "Publish", "Sends a release to the server and gives you one line for your website. "
     "Releases never change, so you can always go back."),
)  # fmt: skip


def tour_stops(workspace: Workspace, topbar: TopBar) -> tuple[Stop, ...]:
    """The stops, over the parts of a window."""
    welcome = Stop("Welcome to Troupe", "A minute's walk through the studio, from a GLB to a character on a website.")
    stage = Stop(
        "The stage",
        "The character is always here. Drag to walk around it, scroll to come closer, "
        "and press F, H or B for the full figure, half, or bust.",
        lit=lambda: workspace.view,
    )
    sections = tuple(
        Stop(title, text, section, partial(workspace.panels.get, section))
        for section, title, text in WORDS
        if section in workspace.panels
    )
    undo = Stop(
        "Nothing is lost",
        "Everything can be undone, in every panel; the arrow beside shows all steps. What you change is kept "
        "every second, even if the studio should break off.",
        lit=lambda: topbar.undo_group,
    )
    return (welcome, stage, *sections, undo)
