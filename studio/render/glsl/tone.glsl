// Source: Khronos PBR Neutral tone mapper: keeps the hues of a brand where filmic curves bleach them.
vec3 neutral(vec3 colour) {
    const float start = 0.8 - 0.04;
    const float desaturation = 0.15;
    float low = min(colour.r, min(colour.g, colour.b));
    colour -= low < 0.08 ? low - 6.25 * low * low : 0.04;
    float peak = max(colour.r, max(colour.g, colour.b));
    if (peak < start) return colour;
    float room = 1.0 - start;
    float new_peak = 1.0 - room * room / (peak + room - start);
    colour *= new_peak / peak;
    float whiteness = 1.0 - 1.0 / (desaturation * (peak - new_peak) + 1.0);
    return mix(colour, vec3(new_peak), whiteness);
}

// Source: Hill 2016, a fit of the ACES reference and output transforms, with the exposure that three.js r187 takes.
vec3 filmic(vec3 colour) {
    const mat3 into = mat3(
        0.59719, 0.07600, 0.02840,
        0.35458, 0.90834, 0.13383,
        0.04823, 0.01566, 0.83777
    );
    const mat3 back = mat3(
        1.60475, -0.10208, -0.00327,
        -0.53108, 1.10813, -0.07276,
        -0.07367, -0.00605, 1.07602
    );
    vec3 v = into * (colour / 0.6);
    vec3 fitted = (v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.4329510) + 0.238081);
    return clamp(back * fitted, 0.0, 1.0);
}

uniform bool is_filmic;

vec3 tone_mapped(vec3 colour) {
    return is_filmic ? filmic(colour) : neutral(colour);
}

vec3 encoded(vec3 linear) {
    vec3 c = clamp(linear, 0.0, 1.0);
    return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}
