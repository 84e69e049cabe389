uniform mat4 clip_from_scene;
uniform float reach;
out vec3 scene_position;

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    scene_position = vec3(corner.x * reach, 0.0, corner.y * reach);
    gl_Position = clip_from_scene * vec4(scene_position, 1.0);
}
