out vec4 fragment;
uniform vec4 colour;

void main() {
    fragment = vec4(colour.rgb * colour.a, colour.a);
}
