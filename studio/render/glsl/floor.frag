// The floor is seen only where something shadows it.
in vec3 scene_position;
out vec4 fragment;

uniform sampler2DShadow key_shadow;
uniform mat4 shadow_from_scene;
uniform float shadow_texel;
uniform sampler2D contact;
uniform float contact_reach;
uniform float reach;
uniform float strength;

void main() {
    vec3 place = (shadow_from_scene * vec4(scene_position, 1.0)).xyz;
    float shade = 0.0;
    if (all(greaterThan(place, vec3(0.0))) && all(lessThan(place, vec3(1.0)))) {
        for (int i = 0; i < FLOOR_TAPS; i++) {
            float angle = float(i) * 2.399963;
            vec2 offset = vec2(cos(angle), sin(angle)) * sqrt((float(i) + 0.5) / float(FLOOR_TAPS));
            shade += 1.0 - texture(key_shadow, vec3(place.xy + offset * shadow_texel * 14.0, place.z - 0.002));
        }
    }
    float touch = texture(contact, scene_position.xz / contact_reach * 0.5 + 0.5).r;
    float far = 1.0 - smoothstep(0.35, 1.0, length(scene_position.xz) / reach);
    float dark = 1.0 - (1.0 - 0.32 * shade / float(FLOOR_TAPS)) * (1.0 - 0.55 * touch);
    fragment = vec4(0.0, 0.0, 0.0, dark * far * strength);
}
