// The part of the floor that can be dark: round the feet, and away from the key light as far as its shadow falls.
uniform mat4 clip_from_scene;
uniform vec2 away;
uniform float reach;
uniform float length_of_shadow;
out vec3 scene_position;

void main() {
    float along = (gl_VertexID & 1) == 0 ? -reach : length_of_shadow + reach;
    float across = (gl_VertexID >> 1) == 0 ? -reach : reach;
    vec2 place = away * along + vec2(-away.y, away.x) * across;
    scene_position = vec3(place.x, 0.0, place.y);
    gl_Position = clip_from_scene * vec4(scene_position, 1.0);
}
