"""Lighter avatars: a GLB in, one that plays the same and weighs a fraction out. The file that came in is not changed.

lighter = optimised(content, Plan(tier="phone"), report)
lighter.content, lighter.steps, lighter.joint_error, lighter.worst_clip
"""

from shared.glb.optimising.pipeline import optimised
from shared.glb.optimising.plan import Optimised, Plan, Step, Tier

__all__ = ["Optimised", "Plan", "Step", "Tier", "optimised"]
