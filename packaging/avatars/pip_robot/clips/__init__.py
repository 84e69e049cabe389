"""All of Pip's clips, in the order in which they stand in the file."""

from pip_robot.clips.answers import ANSWERS
from pip_robot.clips.feelings import FEELINGS
from pip_robot.clips.greetings import GREETINGS
from pip_robot.clips.idling import IDLING
from pip_robot.clips.postures import POSTURES

CLIPS = [*POSTURES, *IDLING, *GREETINGS, *ANSWERS, *FEELINGS]
