// Smooths the stairs of edges in a finished picture, and leaves everything else as it is.
// Source: Lottes 2011, FXAA (the short form: contrast of the corners, then a blur along the edge).
in vec2 place;
out vec4 fragment;
uniform sampler2D picture;
uniform vec2 texel;
// Where in the picture the drawing lies.
uniform vec2 part;

const float NOTICED = 1.0 / 14.0;
const float LONGEST = 8.0;

float bright(vec4 colour) {
    // What shines through counts too: an edge to nothing is an edge.
    return dot(colour, vec4(0.25, 0.5, 0.1, 0.15));
}

vec4 seen(vec2 at) {
    return textureLod(picture, min(at, part - 0.5 * texel), 0.0);
}

void main() {
    vec2 here = place * part;
    vec4 middle = seen(here);
    float nw = bright(seen(here + vec2(-0.5, 0.5) * texel)), ne = bright(seen(here + vec2(0.5, 0.5) * texel));
    float sw = bright(seen(here + vec2(-0.5, -0.5) * texel)), se = bright(seen(here + vec2(0.5, -0.5) * texel));
    float own = bright(middle);
    float least = min(own, min(min(nw, ne), min(sw, se))), most = max(own, max(max(nw, ne), max(sw, se)));
    if (most - least < max(NOTICED, most * 0.1)) {
        fragment = middle;
        return;
    }
    vec2 along = vec2(sw + se - nw - ne, nw + sw - ne - se);
    float shortest = min(abs(along.x), abs(along.y)) + max((nw + ne + sw + se) * 0.03125, 0.0078125);
    vec2 reach = clamp(along / shortest, -LONGEST, LONGEST) * texel;
    vec4 narrow = 0.5 * (seen(here + reach * (1.0 / 3.0 - 0.5)) + seen(here + reach * (2.0 / 3.0 - 0.5)));
    vec4 wide = narrow * 0.5 + 0.25 * (seen(here + reach * -0.5) + seen(here + reach * 0.5));
    float result = bright(wide);
    fragment = result < least || result > most ? narrow : wide;
}
