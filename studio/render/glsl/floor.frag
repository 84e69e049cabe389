// The floor is seen only where something shadows it.
in vec3 scene_position;
out vec4 fragment;

uniform sampler2DShadow key_shadow;
uniform mat4 shadow_from_scene;
uniform sampler2D contact;
uniform float contact_reach;
uniform float farthest;
uniform float strength;
uniform float grain;

void main() {
    vec3 place = (shadow_from_scene * vec4(scene_position, 1.0)).xyz;
    float shade = 0.0;
    if (all(greaterThan(place, vec3(0.0))) && all(lessThan(place, vec3(1.0)))) {
        // The farther from the feet, the higher what casts the shadow, and the softer its edge.
        float softness = 0.004 + 0.034 * smoothstep(0.0, 1.1, length(scene_position.xz));
        // Source: Jimenez 2014, interleaved gradient noise: turns bands into grain.
        float noise = 52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)));
        float turn = 6.2831853 * fract(noise + grain);
        for (int i = 0; i < FLOOR_TAPS; i++) {
            float angle = float(i) * 2.399963 + turn;
            vec2 offset = vec2(cos(angle), sin(angle)) * sqrt((float(i) + 0.5) / float(FLOOR_TAPS));
            shade += 1.0 - texture(key_shadow, vec3(place.xy + offset * softness, place.z - 0.002));
        }
    }
    float touch = texture(contact, scene_position.xz / contact_reach * 0.5 + 0.5).r;
    float far = 1.0 - smoothstep(0.35, 1.0, length(scene_position.xz) / farthest);
    float dark = 1.0 - (1.0 - 0.24 * shade / float(FLOOR_TAPS)) * (1.0 - 0.6 * touch);
    fragment = vec4(0.0, 0.0, 0.0, dark * far * strength);
}
