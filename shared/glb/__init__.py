"""GLB files: read and checked, posed at any time as three.js poses them, inspected and measured. No screen, no acting.

glb = read_glb(Path("robot.glb"))            # or bytes; BadGlb says in one sentence what is wrong and what to do
glb.json, glb.node_names, glb.clip_names, glb.accessor(3), glb.skeleton, glb.node_index("Head")

sampler = Sampler(glb)                       # keep it: clips are prepared once
pose = sampler.pose("Wave", 0.4)             # or None for the rest pose; holds before start and after end
pose.translation (N, 3), .rotation (N, 4) xyzw, .scale (N, 3), .world (N, 4, 4), .weights {node: (M,)}
motion = sampler.motion("Wave", times)       # the same at T times at once: .world (T, N, 4, 4), .pose(i)
sampler.clip("Wave").seconds                 # and its tracks
blend([pose, other], [0.7, 0.3], sampler.rest)   # crossfades as AnimationMixer does
joint_matrices(glb, skin, pose)              # (J, 4, 4)

takes = Takes(sampler, acting.clips, acting.face)   # clips by their settings: takes.pose("Wave", 0.4), .window("Wave")
transition_matrix(takes, postures, gestures) # how far joints leap from clip to clip; by `shared.acting.passages`
clip_health(glb, facts, acting), fixed(acting, ailment)   # what will not look well, and settings that help
    (from their own modules: takes, transitions, health)

geometry(glb), materials(glb), images(glb)   # what a renderer needs
inspect(glb) -> AvatarFacts                  # clips measured, findings, budgets
motion_curve(sampler, find_body(glb, geometry(glb)), number)     # .seconds (T,), .speeds (T,) of hands and head
propose_face(glb) -> FaceRig                 # mouth tier, visemes, blink, head, neck, eyes
morph_names(glb, node), morph_nodes(glb)     # names of morph targets, and which nodes have them
"""

from shared.glb.blending import blend
from shared.glb.curves import Clip, Track
from shared.glb.document import Glb, read_glb
from shared.glb.face import all_morphs, find_bone, morph_names, morph_nodes, propose_face
from shared.glb.geometry import Primitive, geometry
from shared.glb.inspection import inspect, measure_clips
from shared.glb.materials import Material, TextureUse, decode_image, images, materials
from shared.glb.measures import MotionCurve, find_body, motion_curve
from shared.glb.sampling import Motion, Pose, Sampler, inverse_binds, joint_matrices
from shared.glb.skeleton import Skeleton
from shared.glb.skinning import bounds, posed_positions

__all__ = [
    "Clip", "Glb", "Material", "Motion", "MotionCurve", "Pose", "Primitive", "Sampler", "Skeleton", "TextureUse",
    "Track", "all_morphs", "blend", "bounds", "decode_image", "find_body", "find_bone", "geometry", "images", "inspect",
    "inverse_binds", "joint_matrices", "materials", "measure_clips", "morph_names", "morph_nodes", "motion_curve",
    "posed_positions", "propose_face", "read_glb",
]  # fmt: skip
