// Source: Khronos PBR Neutral tone mapper: keeps the hues of a brand where filmic curves bleach them.
vec3 tone_mapped(vec3 colour) {
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

vec3 encoded(vec3 linear) {
    vec3 c = clamp(linear, 0.0, 1.0);
    return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}
