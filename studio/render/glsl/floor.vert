// The soft spot under the feet, of a size that the avatar gives.
uniform mat4 clip_from_scene;
uniform vec2 spot;
uniform float lift;
out vec2 place;

void main() {
    place = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
    gl_Position = clip_from_scene * vec4(place.x * spot.x * 0.5, lift, -place.y * spot.y * 0.5, 1.0);
}
