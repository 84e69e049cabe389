// A metallic-roughness surface in the light of the stage.
// Source: three.js r187, physical material; the formulas are glTF 2.0 Appendix B, Karis 2013, Fdez-Aguera 2019 and
// Turquin 2019. Where several fits to one curve exist it is the one that three takes: the visitor sees three's picture.
uniform vec3 eye;
uniform mat3 camera_axes;
uniform samplerCube room;
uniform sampler2D reflectance;
uniform float room_levels;
uniform float room_strength;
uniform vec3 lamp_directions[LAMPS];
uniform vec3 lamp_colours[LAMPS];

const float PI = 3.14159265;
// How much a surface that is no metal mirrors: straight on, and at grazing angles.
uniform vec3 plastic;
uniform float plastic_aslant;

struct Matter { vec3 colour; float metal; float rough; float open; };

// Rough mirrors show less detail than normals that turn from pixel to pixel would sparkle in.
float roughness_of_shape(vec3 normal) {
    vec3 seen = camera_axes * normal;
    vec3 bend = max(abs(dFdx(seen)), abs(dFdy(seen)));
    return max(max(bend.x, bend.y), bend.z);
}

vec3 schlick(vec3 f0, float f90, float cosine) {
    float share = exp2((-5.55473 * cosine - 6.98316) * cosine);
    return f0 * (1.0 - share) + f90 * share;
}

vec3 again(vec3 f0, vec3 once, float lost) {
    vec3 average = f0 + (1.0 - f0) * 0.047619;
    return once * average / (1.0 - lost * average) * lost;
}

vec3 lamp_light(int lamp, vec3 n, vec3 v, Matter matter, vec3 f0, float n_v, vec3 repaid) {
    vec3 towards = lamp_directions[lamp];
    float n_l = dot(n, towards);
    if (n_l <= 0.0) return vec3(0.0);
    vec3 h = normalize(v + towards);
    float n_h = clamp(dot(n, h), 0.0, 1.0), v_h = clamp(dot(v, h), 0.0, 1.0);
    float a = matter.rough * matter.rough, a2 = a * a;
    float spread = n_h * n_h * (a2 - 1.0) + 1.0;
    float masking = n_l * sqrt(a2 + (1.0 - a2) * n_v * n_v) + n_v * sqrt(a2 + (1.0 - a2) * n_l * n_l);
    float lobe = a2 / (PI * spread * spread) * 0.5 / max(masking, 1e-6);
    float aslant = mix(plastic_aslant, 1.0, matter.metal);
    vec3 matte = matter.colour * (1.0 - matter.metal) / PI * (1.0 - schlick(plastic, aslant, v_h));
    return (matte + schlick(f0, aslant, v_h) * lobe * repaid) * lamp_colours[lamp] * n_l;
}

vec3 room_light(vec3 n, vec3 v, Matter matter, vec2 terms, float n_v) {
    float lost = 1.0 - terms.x - terms.y;
    float aslant = mix(plastic_aslant, 1.0, matter.metal);
    vec3 dull = plastic * terms.x + aslant * terms.y, metal = matter.colour * terms.x + aslant * terms.y;
    vec3 dull_again = again(plastic, dull, lost);
    vec3 once = mix(dull, metal, matter.metal);
    vec3 more = mix(dull_again, again(matter.colour, metal, lost), matter.metal);
    vec3 matte = matter.colour * (1.0 - matter.metal) * (1.0 - dull - dull_again);
    float rough2 = matter.rough * matter.rough;
    vec3 mirrored = normalize(mix(reflect(-v, n), n, rough2 * rough2));
    float level = room_levels * matter.rough * (2.0 - matter.rough);
    vec3 around = textureLod(room, n, room_levels).rgb, ahead = textureLod(room, mirrored, level).rgb;
    vec3 shine = ahead * once + more * around;
#ifdef OCCLUSION_MAP
    matte *= matter.open;
    shine *= clamp(pow(n_v + matter.open, exp2(-16.0 * matter.rough - 1.0)) - 1.0 + matter.open, 0.0, 1.0);
#endif
    return (matte * around + shine) * room_strength;
}

vec3 lit(vec3 n, vec3 v, Matter matter) {
    float n_v = clamp(dot(n, v), 0.0, 1.0);
    vec2 terms = texture(reflectance, vec2(matter.rough, n_v)).rg;
    vec3 f0 = mix(plastic, matter.colour, matter.metal);
    vec3 repaid = 1.0 + f0 * (1.0 / (terms.x + terms.y) - 1.0);
    vec3 light = room_light(n, v, matter, terms, n_v);
    for (int lamp = 0; lamp < LAMPS; lamp++) light += lamp_light(lamp, n, v, matter, f0, n_v, repaid);
    return light;
}
