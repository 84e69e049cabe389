in vec2 place;
out vec4 fragment;
uniform vec3 upper;
uniform vec3 lower;
uniform vec2 viewport;

void main() {
    vec3 colour = mix(lower, upper, smoothstep(0.0, 1.0, place.y));
    // A faint pool of light behind the character, and corners that recede.
    vec2 off = (place - vec2(0.5, 0.52)) * vec2(viewport.x / viewport.y, 1.0);
    float away = dot(off, off);
    // Falls off as a bell does, and costs less: it is drawn over the whole window.
    float near = max(1.0 - away * 0.8, 0.0);
    colour += 0.045 * near * near * near * near;
    colour *= 1.0 - 0.16 * smoothstep(0.25, 1.3, away);
    // Half a step of noise: gradients of eight bits show bands. Source: Jimenez 2014, interleaved gradient noise.
    float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    fragment = vec4(colour + (noise - 0.5) / 255.0, 1.0);
}
