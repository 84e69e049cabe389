in float height;
out vec4 fragment;
uniform float contact_height;

void main() {
    // Seen from below, what is near the floor darkens it; kept by the largest (blend equation MAX).
    float near = clamp(1.0 - height / contact_height, 0.0, 1.0);
    fragment = vec4(near * near);
}
