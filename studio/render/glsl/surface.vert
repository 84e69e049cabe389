layout(location = 2) in vec4 tangent;
layout(location = 3) in vec2 uv0;
layout(location = 4) in vec2 uv1;
layout(location = 5) in vec4 colour;

uniform mat4 clip_from_scene;

out vec3 scene_position;
out vec3 scene_normal;
out vec4 scene_tangent;
out vec4 vertex_colour;
out vec2 texture_uv0;
out vec2 texture_uv1;

void main() {
    Posed posed = pose_vertex();
    scene_position = posed.position;
    scene_normal = posed.normal;
    scene_tangent = vec4(posed.linear * tangent.xyz, tangent.w);
    vertex_colour = colour;
    texture_uv0 = uv0;
    texture_uv1 = uv1;
    gl_Position = clip_from_scene * vec4(posed.position, 1.0);
}
