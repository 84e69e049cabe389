// Where vertices are and nothing else: for overlays, and for measuring.
uniform mat4 clip_from_scene;

void main() {
    gl_Position = clip_from_scene * vec4(pose_vertex().position, 1.0);
}
