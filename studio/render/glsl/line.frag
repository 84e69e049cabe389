in float strength;
out vec4 fragment;
uniform vec4 colour;

void main() {
    float alpha = colour.a * strength;
    fragment = vec4(colour.rgb * alpha, alpha);
}
