"""The browsers' own meshopt, as WebAssembly: unpacking, packing and simplifying of meshes and clips.

The set-up takes the modules out of the npm package `meshoptimizer` and lays them beside these files. They run in a
sandbox: whatever a file holds, the worst is an error.

unpacked = unpack(packed, count, stride, "ATTRIBUTES", "EXPONENTIAL")
packed = pack(rows, "ATTRIBUTES")
"""
