// Vertices into the scene: morphs, then joints. Shared by every pass, so that shadows move as their casters do.
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 6) in uvec4 joints;
layout(location = 7) in vec4 weights;

// Three texels a joint: the rows of its matrix. A mesh without a skin has one joint, its node.
uniform samplerBuffer joint_rows;
uniform int first_joint;
// Two texels a vertex and target: offset of the position, offset of the normal.
uniform samplerBuffer morph_offsets;
uniform int vertex_count;
uniform int morph_count;
uniform int morph_targets[MOST_MORPHS];
uniform float morph_weights[MOST_MORPHS];

struct Posed { vec3 position; vec3 normal; mat3 linear; };

vec4 joint_row(int row) {
    vec4 sum = vec4(0.0);
    for (int i = 0; i < 4; i++) {
        if (weights[i] > 0.0) sum += weights[i] * texelFetch(joint_rows, (first_joint + int(joints[i])) * 3 + row);
    }
    return sum;
}

Posed pose_vertex() {
    vec3 moved = position;
    vec3 turned = normal;
    for (int i = 0; i < morph_count; i++) {
        int texel = (morph_targets[i] * vertex_count + gl_VertexID) * 2;
        moved += morph_weights[i] * texelFetch(morph_offsets, texel).xyz;
        turned += morph_weights[i] * texelFetch(morph_offsets, texel + 1).xyz;
    }
    vec4 x = joint_row(0), y = joint_row(1), z = joint_row(2);
    vec4 place = vec4(moved, 1.0);
#ifdef SKINNED
    // As three.js turns the normals of a skin, uneven scales or not.
    vec3 facing = vec3(dot(x.xyz, turned), dot(y.xyz, turned), dot(z.xyz, turned));
#else
    // Rows of the cofactor matrix: normals stay upright under uneven and mirrored scales.
    vec3 cx = cross(y.xyz, z.xyz), cy = cross(z.xyz, x.xyz), cz = cross(x.xyz, y.xyz);
    float side = dot(x.xyz, cx) < 0.0 ? -1.0 : 1.0;
    vec3 facing = side * vec3(dot(cx, turned), dot(cy, turned), dot(cz, turned));
#endif
    mat3 linear = transpose(mat3(x.xyz, y.xyz, z.xyz));
    return Posed(vec3(dot(x, place), dot(y, place), dot(z, place)), facing, linear);
}
