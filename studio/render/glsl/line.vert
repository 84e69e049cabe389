layout(location = 0) in vec4 place;
uniform mat4 clip_from_scene;
out float strength;

void main() {
    strength = place.w;
    gl_Position = clip_from_scene * vec4(place.xyz, 1.0);
}
