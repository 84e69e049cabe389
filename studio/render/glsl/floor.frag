// As widget/src/stage/shadow.ts paints it.
in vec2 place;
out vec4 fragment;
uniform vec4 shade;

void main() {
    float away = 1.0 - min(1.0, length(place));
    float dark = shade.a * away * away;
    fragment = vec4(shade.rgb * dark, dark);
}
