/** Draws the avatar: renderer, camera, light and shadow. It knows nothing of acting. */
import {
  type Material,
  type Mesh,
  NeutralToneMapping,
  type Object3D,
  PerspectiveCamera,
  Scene,
  Texture,
  WebGLRenderer,
} from "three";
import type { ActingMap, Look } from "../contract.gen.ts";
import { type Figure, frame, measure } from "./framing.ts";
import { lamps, STUDIO_INTENSITY, studioTexture } from "./light.ts";
import { contactShadow, disposeShadow } from "./shadow.ts";

export interface ViewOptions {
  readonly framing: Look["framing"];
  readonly front: ActingMap["front"];
}

/** What a view needs of the browser before there is an avatar: it is made while the avatar is on its way. */
export interface Lit {
  readonly renderer: WebGLRenderer;
  readonly environment: Texture;
}

/** Takes a context that was opened with alpha; its canvas is the view's. */
export function lightUp(context: WebGL2RenderingContext): Lit {
  const renderer = new WebGLRenderer({ canvas: context.canvas, context, alpha: true, antialias: true });
  renderer.toneMapping = NeutralToneMapping;
  const environment = studioTexture();
  renderer.initTexture(environment);
  return { renderer, environment };
}

/** Browsers keep about sixteen contexts; a page that opens and closes embeds must give them back. */
export function putOut({ renderer, environment }: Lit): void {
  environment.dispose();
  renderer.dispose();
  renderer.forceContextLoss();
}

export class View {
  readonly canvas: HTMLCanvasElement;
  readonly camera = new PerspectiveCamera();
  private readonly lit: Lit;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly avatar: Object3D;
  private readonly framing: Look["framing"];
  private readonly figure: Figure;
  private readonly shadow: ReturnType<typeof contactShadow>;

  /** `avatar` stands in its idle already. */
  constructor(lit: Lit, avatar: Object3D, options: ViewOptions) {
    this.lit = lit;
    this.renderer = lit.renderer;
    this.canvas = lit.renderer.domElement;
    this.avatar = avatar;
    this.framing = options.framing;
    if (options.front === "-Z") avatar.rotateY(Math.PI);
    // Clips carry limbs out of the box of the bind pose, and there is one figure only: it is always drawn.
    avatar.traverse((node) => {
      node.frustumCulled = false;
      // The stage has its own light; what was left in the file would come on top.
      if ("isLight" in node) node.visible = false;
    });
    this.figure = measure(avatar);
    this.shadow = contactShadow(this.figure);
    this.scene.add(avatar, this.shadow, ...lamps());
    this.scene.environment = lit.environment;
    this.scene.environmentIntensity = STUDIO_INTENSITY;
  }

  /** Where the eyes are, in [0, 1] of the canvas from its upper left corner. */
  get eyes(): { readonly x: number; readonly y: number } {
    const point = this.camera.position
      .clone()
      .set(this.figure.centreX, this.figure.bottom + this.figure.height * 0.9, this.figure.centreZ);
    point.project(this.camera);
    return { x: (point.x + 1) / 2, y: (1 - point.y) / 2 };
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.renderer.setPixelRatio(pixelRatio);
    this.renderer.setSize(width, height, false);
    frame(this.camera, this.figure, this.framing, width / Math.max(1, height));
  }

  draw(): void {
    this.renderer.render(this.scene, this.camera);
  }

  /** Compiles before the first frame is due, where the driver can do that beside the page. */
  async prepare(): Promise<void> {
    if (this.renderer.extensions.has("KHR_parallel_shader_compile")) {
      await this.renderer.compileAsync(this.scene, this.camera);
    }
  }

  dispose(): void {
    this.avatar.traverse((node) => disposeMesh(node as Mesh));
    disposeShadow(this.shadow);
    putOut(this.lit);
    this.canvas.remove();
  }
}

function disposeMesh(mesh: Partial<Mesh>): void {
  mesh.geometry?.dispose();
  const materials: Material[] = mesh.material === undefined ? [] : [mesh.material].flat();
  for (const material of materials) {
    for (const value of Object.values(material)) {
      if (value instanceof Texture) value.dispose();
    }
    material.dispose();
  }
}
