// A metallic-roughness surface in the studio's light. Defines switch on what a material has.
in vec3 scene_position;
in vec3 scene_normal;
in vec4 scene_tangent;
in vec4 vertex_colour;
in vec2 texture_uv0;
in vec2 texture_uv1;
out vec4 fragment;

uniform vec3 eye;
uniform vec4 base_colour;
uniform float metallic;
uniform float roughness;
uniform vec3 emissive;
uniform float normal_scale;
uniform float occlusion_strength;
uniform float alpha_cutoff;

uniform samplerCube room;
uniform float room_levels;
uniform vec3 irradiance[9];
uniform vec3 key_direction;
uniform vec3 key_colour;
uniform sampler2DShadow key_shadow;
uniform mat4 shadow_from_scene;
uniform float shadow_texel;
uniform float exposure;

#ifdef BASE_COLOUR_MAP
uniform sampler2D base_colour_map;
uniform mat3 base_colour_uv;
#endif
#ifdef METALLIC_ROUGHNESS_MAP
uniform sampler2D metallic_roughness_map;
uniform mat3 metallic_roughness_uv;
#endif
#ifdef NORMAL_MAP
uniform sampler2D normal_map;
uniform mat3 normal_uv;
#endif
#ifdef OCCLUSION_MAP
uniform sampler2D occlusion_map;
uniform mat3 occlusion_uv;
#endif
#ifdef EMISSIVE_MAP
uniform sampler2D emissive_map;
uniform mat3 emissive_uv;
#endif

const float PI = 3.14159265;

#ifdef NORMAL_MAP
vec3 mapped_normal(vec3 n) {
    vec2 uv = (normal_uv * vec3(NORMAL_SET, 1.0)).xy;
    vec3 bump = texture(normal_map, uv).xyz * 2.0 - 1.0;
    bump.xy *= normal_scale;
#ifdef TANGENTS
    vec3 t = normalize(scene_tangent.xyz - n * dot(n, scene_tangent.xyz));
    vec3 b = cross(n, t) * scene_tangent.w;
#else
    // Source: three.js r187, normal maps by derivatives where the file has no tangents.
    vec3 q0 = dFdx(scene_position), q1 = dFdy(scene_position);
    vec2 s0 = dFdx(uv), s1 = dFdy(uv);
    vec3 q1p = cross(q1, n), q0p = cross(n, q0);
    vec3 t = q1p * s0.x + q0p * s1.x;
    vec3 b = q1p * s0.y + q0p * s1.y;
    float size = max(dot(t, t), dot(b, b));
    float scale = size == 0.0 ? 0.0 : inversesqrt(size);
    t *= scale;
    // Texture coordinates run down the picture, its green points up.
    b *= -scale;
#endif
    return normalize(t * bump.x + b * bump.y + n * bump.z);
}
#endif

vec3 diffuse_light(vec3 n) {
    vec3 sum = irradiance[0] + irradiance[1] * n.y + irradiance[2] * n.z + irradiance[3] * n.x
        + irradiance[4] * n.x * n.y + irradiance[5] * n.y * n.z + irradiance[6] * (3.0 * n.z * n.z - 1.0)
        + irradiance[7] * n.x * n.z + irradiance[8] * (n.x * n.x - n.y * n.y);
    return max(sum, vec3(0.0));
}

// Source: Karis, Physically Based Shading on Mobile: the split sum's second half without a table.
vec2 environment_terms(float rough, float n_v) {
    vec4 r = rough * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float a004 = min(r.x * r.x, exp2(-9.28 * n_v)) * r.x + r.y;
    return vec2(-1.04, 1.04) * a004 + r.zw;
}

float key_visibility(vec3 n) {
    vec3 place = (shadow_from_scene * vec4(scene_position + n * 0.006, 1.0)).xyz;
    if (any(lessThan(place, vec3(0.0))) || any(greaterThan(place, vec3(1.0)))) return 1.0;
    float light = 0.0;
    for (int i = 0; i < SHADOW_TAPS; i++) {
        float angle = float(i) * 2.399963;
        vec2 offset = vec2(cos(angle), sin(angle)) * sqrt((float(i) + 0.5) / float(SHADOW_TAPS));
        light += texture(key_shadow, vec3(place.xy + offset * shadow_texel * 3.0, place.z));
    }
    return light / float(SHADOW_TAPS);
}

// Source: glTF 2.0, Appendix B; Heitz 2014 for the visibility term.
vec3 key_light(vec3 n, vec3 v, vec3 albedo, vec3 f0, float rough) {
    float n_l = dot(n, key_direction);
    if (n_l <= 0.0) return vec3(0.0);
    vec3 h = normalize(v + key_direction);
    float n_v = max(dot(n, v), 1e-3), n_h = max(dot(n, h), 0.0), v_h = max(dot(v, h), 0.0);
    float a = max(rough * rough, 0.02), a2 = a * a;
    float spread = n_h * n_h * (a2 - 1.0) + 1.0;
    float distribution = a2 / (PI * spread * spread);
    float visibility = 0.5 / (n_l * sqrt(n_v * n_v * (1.0 - a2) + a2) + n_v * sqrt(n_l * n_l * (1.0 - a2) + a2));
    vec3 fresnel = f0 + (1.0 - f0) * pow(1.0 - v_h, 5.0);
    // The room's own key panel is in the reflections already: the light adds only what is broad.
    vec3 specular = fresnel * distribution * visibility * smoothstep(0.1, 0.6, rough);
    return (albedo / PI + specular) * key_colour * n_l;
}

vec3 lit(vec3 n, vec3 v, vec3 colour, float metal, float rough, float open) {
    vec3 albedo = colour * (1.0 - metal);
    vec3 f0 = mix(vec3(0.04), colour, metal);
    float n_v = max(dot(n, v), 1e-3);
    vec2 terms = environment_terms(rough, n_v);
    vec3 once = f0 * terms.x + terms.y;
    // Source: Fdez-Aguera 2019: what rough metals lose to single scattering comes back.
    float all = terms.x + terms.y;
    vec3 average = f0 + (1.0 - f0) / 21.0;
    vec3 again = once * average / (1.0 - average * (1.0 - all)) * (1.0 - all);
    vec3 r = reflect(-v, n);
    vec3 mirrored = textureLod(room, r, rough * (room_levels - 1.0)).rgb;
    vec3 around = diffuse_light(n);
    float horizon = clamp(1.0 + dot(r, normalize(scene_normal)), 0.0, 1.0);
    float shine_open = clamp(pow(n_v + open, exp2(-16.0 * rough - 1.0)) - 1.0 + open, 0.0, 1.0);
    vec3 ambient = (albedo * (1.0 - once - again) + again) * around * open + once * mirrored * shine_open * horizon;
    return ambient + key_light(n, v, albedo, f0, rough) * key_visibility(normalize(scene_normal));
}

void main() {
    vec4 colour = base_colour * vertex_colour;
#ifdef BASE_COLOUR_MAP
    colour *= texture(base_colour_map, (base_colour_uv * vec3(BASE_COLOUR_SET, 1.0)).xy);
#endif
#ifdef ALPHA_MASK
    if (colour.a < alpha_cutoff) discard;
    colour.a = 1.0;
#endif
#ifdef ALPHA_OPAQUE
    colour.a = 1.0;
#endif
    vec3 glow = emissive;
#ifdef EMISSIVE_MAP
    glow *= texture(emissive_map, (emissive_uv * vec3(EMISSIVE_SET, 1.0)).xy).rgb;
#endif
#ifdef UNLIT
    fragment = vec4(encoded(colour.rgb) * colour.a, colour.a);
#else
    float metal = metallic, rough = roughness, open = 1.0;
#ifdef METALLIC_ROUGHNESS_MAP
    vec4 surface = texture(metallic_roughness_map, (metallic_roughness_uv * vec3(METALLIC_ROUGHNESS_SET, 1.0)).xy);
    metal *= surface.b;
    rough *= surface.g;
#endif
#ifdef OCCLUSION_MAP
    open = mix(1.0, texture(occlusion_map, (occlusion_uv * vec3(OCCLUSION_SET, 1.0)).xy).r, occlusion_strength);
#endif
    vec3 v = normalize(eye - scene_position);
    vec3 n = normalize(scene_normal);
#ifdef DOUBLE_SIDED
    if (!gl_FrontFacing) n = -n;
#endif
#ifdef NORMAL_MAP
    n = mapped_normal(n);
#endif
    // At the edges of coarse shapes interpolated normals lean away from the viewer: lit from behind, they make dark rims.
    n = normalize(n - v * min(dot(n, v) - 0.05, 0.0));
    vec3 light = lit(n, v, colour.rgb, clamp(metal, 0.0, 1.0), clamp(rough, 0.045, 1.0), open) + glow;
    fragment = vec4(encoded(tone_mapped(light * exposure)) * colour.a, colour.a);
#endif
}
