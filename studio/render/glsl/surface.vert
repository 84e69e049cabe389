layout(location = 2) in vec4 tangent;
layout(location = 3) in vec2 uv0;
layout(location = 4) in vec2 uv1;
layout(location = 5) in vec4 colour;

uniform mat4 clip_from_scene;

out vec3 scene_position;
out vec3 scene_normal;
#ifdef COLOURED
out vec4 vertex_colour;
#endif
#ifdef TANGENTS
out vec3 scene_tangent;
out vec3 scene_bitangent;
#endif
#ifdef UV0
out vec2 texture_uv0;
#endif
#ifdef UV1
out vec2 texture_uv1;
#endif

void main() {
    Posed posed = pose_vertex();
    scene_position = posed.position;
    scene_normal = normalize(posed.normal);
#ifdef COLOURED
    vertex_colour = colour;
#endif
#ifdef TANGENTS
    scene_tangent = normalize(posed.linear * tangent.xyz);
    scene_bitangent = normalize(cross(scene_normal, scene_tangent) * tangent.w);
#endif
#ifdef UV0
    texture_uv0 = uv0;
#endif
#ifdef UV1
    texture_uv1 = uv1;
#endif
    gl_Position = clip_from_scene * vec4(posed.position, 1.0);
}
