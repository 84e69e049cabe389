uniform mat4 clip_from_scene;
out float height;

void main() {
    Posed posed = pose_vertex();
    height = posed.position.y;
    gl_Position = clip_from_scene * vec4(posed.position, 1.0);
}
