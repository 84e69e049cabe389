"""How streams are packed and filtered, by glTF's names. Loads nothing."""

from typing import Literal

Mode = Literal["ATTRIBUTES", "TRIANGLES", "INDICES"]
Filter = Literal["NONE", "OCTAHEDRAL", "QUATERNION", "EXPONENTIAL", "COLOR"]
