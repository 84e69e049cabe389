out vec2 place;

void main() {
    // One triangle that covers the screen, made of nothing but its vertices' numbers.
    place = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
    gl_Position = vec4(place * 2.0 - 1.0, 1.0, 1.0);
}
