// One material. Defines switch on what it has; light.glsl and tone.glsl stand before.
in vec3 scene_position;
in vec3 scene_normal;
#ifdef COLOURED
in vec4 vertex_colour;
#endif
#ifdef TANGENTS
in vec3 scene_tangent;
in vec3 scene_bitangent;
#endif
#ifdef UV0
in vec2 texture_uv0;
#endif
#ifdef UV1
in vec2 texture_uv1;
#endif
out vec4 fragment;

uniform vec4 base_colour;
uniform float metallic;
uniform float roughness;
uniform vec3 emissive;
uniform float normal_scale;
uniform float occlusion_strength;
uniform float alpha_cutoff;

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

#ifdef NORMAL_MAP
vec3 mapped_normal(vec3 n, float side) {
    vec2 uv = (normal_uv * vec3(NORMAL_SET, 1.0)).xy;
    vec3 bump = texture(normal_map, uv).xyz * 2.0 - 1.0;
    bump.xy *= normal_scale;
#ifdef TANGENTS
    vec3 t = normalize(scene_tangent), b = normalize(scene_bitangent);
#else
    // Source: Schueler 2013, Normal Mapping Without Precomputed Tangents, as three.js takes it.
    vec3 q0 = dFdx(scene_position), q1 = dFdy(scene_position);
    vec2 s0 = dFdx(uv), s1 = dFdy(uv);
    vec3 across = cross(q1, n), along = cross(n, q0);
    vec3 t = across * s0.x + along * s1.x, b = across * s0.y + along * s1.y;
    float size = max(dot(t, t), dot(b, b));
    float scale = size == 0.0 ? 0.0 : inversesqrt(size);
    t *= scale;
    // Texture coordinates run down the picture, its green points up.
    b *= -scale;
#endif
#ifdef DOUBLE_SIDED
    t *= side;
    b *= side;
#endif
    return normalize(t * bump.x + b * bump.y + n * bump.z);
}
#endif

vec4 painted() {
    vec4 colour = base_colour;
#ifdef COLOURED
    colour *= vertex_colour;
#endif
#ifdef BASE_COLOUR_MAP
    colour *= texture(base_colour_map, (base_colour_uv * vec3(BASE_COLOUR_SET, 1.0)).xy);
#endif
#ifdef ALPHA_MASK
    if (colour.a < alpha_cutoff) discard;
#endif
#ifndef ALPHA_BLEND
    colour.a = 1.0;
#endif
    return colour;
}

#ifndef UNLIT
Matter matter_of(vec3 colour, vec3 normal) {
    Matter matter = Matter(colour, metallic, roughness, 1.0);
#ifdef METALLIC_ROUGHNESS_MAP
    vec4 surface = texture(metallic_roughness_map, (metallic_roughness_uv * vec3(METALLIC_ROUGHNESS_SET, 1.0)).xy);
    matter.metal *= surface.b;
    matter.rough *= surface.g;
#endif
#ifdef OCCLUSION_MAP
    matter.open = (texture(occlusion_map, (occlusion_uv * vec3(OCCLUSION_SET, 1.0)).xy).r - 1.0) * occlusion_strength
        + 1.0;
#endif
    matter.rough = min(max(matter.rough, 0.045) + roughness_of_shape(normal), 1.0);
    return matter;
}

vec3 glow() {
#ifdef EMISSIVE_MAP
    return emissive * texture(emissive_map, (emissive_uv * vec3(EMISSIVE_SET, 1.0)).xy).rgb;
#else
    return emissive;
#endif
}
#endif

void main() {
    vec4 colour = painted();
#ifdef UNLIT
    vec3 light = colour.rgb;
#else
    float side = gl_FrontFacing ? 1.0 : -1.0;
#ifdef FACETED
    vec3 shape = normalize(cross(dFdx(scene_position), dFdy(scene_position)));
#else
    vec3 shape = normalize(scene_normal);
#ifdef DOUBLE_SIDED
    shape *= side;
#endif
#endif
    vec3 n = shape;
#ifdef NORMAL_MAP
    n = mapped_normal(shape, side);
#endif
    vec3 light = lit(n, normalize(eye - scene_position), matter_of(colour.rgb, shape)) + glow();
#endif
    fragment = vec4(encoded(tone_mapped(light)) * colour.a, colour.a);
}
