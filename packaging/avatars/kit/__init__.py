"""What the demo avatars are built with: shapes, rig, motion, baking, export, pictures.

`shapes`, `reach`, `poses`, `motion`, `glb` and `slim` are plain numpy; `rig`, `bake`, `export` and `pictures`
need Blender's bpy.
Axes are Blender's: +Z up, the character looks along -Y and its left is +X. Lengths are metres.
"""
