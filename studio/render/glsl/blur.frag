in vec2 place;
out vec4 fragment;
uniform sampler2D picture;
uniform vec2 direction;

void main() {
    float sum = 0.0;
    float total = 0.0;
    for (int i = -8; i <= 8; i++) {
        float weight = exp(-float(i * i) / 24.0);
        sum += weight * texture(picture, place + direction * float(i)).r;
        total += weight;
    }
    fragment = vec4(sum / total);
}
