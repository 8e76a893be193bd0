// Draws points with WebGL2. The points are stored in the order of the grid, so that a part of the map is a few ranges of them.
const pointVertex = `#version 300 es
in vec2 position; in vec4 color;
uniform vec4 place; uniform float size;
out vec4 tone;
void main() {
  gl_Position = vec4(position * place.xy + place.zw, 0.0, 1.0);
  gl_PointSize = color.a < 0.5 ? max(1.0, size * 0.6) : size;
  tone = color;
}`;
const pointFragment = `#version 300 es
precision mediump float;
in vec4 tone; out vec4 result; uniform float opacity; uniform float isRound;
void main() {
  float shape = 1.0;
  if (isRound > 0.5) {
    float away = length(gl_PointCoord - 0.5) * 2.0;
    if (away > 1.0) { discard; }
    shape = smoothstep(1.0, 0.75, away);
  }
  float alpha = tone.a * opacity * shape;
  result = vec4(tone.rgb * alpha, alpha);
}`;
const imageVertex = `#version 300 es
in vec2 position; uniform vec4 place; out vec2 at;
void main() { gl_Position = vec4(position * place.xy + place.zw, 0.0, 1.0); at = vec2(position.x, 1.0 - position.y); }`;
const imageFragment = `#version 300 es
precision mediump float;
in vec2 at; out vec4 result; uniform sampler2D image;
void main() { result = texture(image, at); }`;

export function createGlRenderer(canvas) {
  const gl = canvas.getContext("webgl2", { antialias: false, premultipliedAlpha: true, preserveDrawingBuffer: true });
  return gl ? new GlRenderer(gl) : null;
}

class GlRenderer {
  constructor(gl) {
    this.kind = "webgl2";
    this.gl = gl;
    this.points = GlRenderer.program(gl, pointVertex, pointFragment);
    this.image = GlRenderer.program(gl, imageVertex, imageFragment);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  setPoints(points, grid) {
    const gl = this.gl;
    this.grid = grid;
    const sorted = new Uint16Array(2 * points.count);
    for (let at = 0; at < points.count; at++) {
      sorted[2 * at] = points.positions[2 * grid.rows[at]];
      sorted[2 * at + 1] = points.positions[2 * grid.rows[at] + 1];
    }

    this.pointArray = gl.createVertexArray();
    gl.bindVertexArray(this.pointArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, sorted, gl.STATIC_DRAW);
    this.attribute(this.points, "position", 2, gl.UNSIGNED_SHORT);
    this.colorBuffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.colorBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, 4 * points.count, gl.DYNAMIC_DRAW);
    this.attribute(this.points, "color", 4, gl.UNSIGNED_BYTE);
    this.imageArray = gl.createVertexArray();
    gl.bindVertexArray(this.imageArray);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Uint8Array([0, 0, 255, 0, 0, 255, 255, 255]), gl.STATIC_DRAW);
    this.attribute(this.image, "position", 2, gl.UNSIGNED_BYTE);
  }

  setColors(colors) {
    const gl = this.gl;
    const from = new Uint32Array(colors.buffer);
    const sorted = new Uint32Array(from.length);
    for (let at = 0; at < sorted.length; at++) {
      sorted[at] = from[this.grid.rows[at]];
    }

    gl.bindBuffer(gl.ARRAY_BUFFER, this.colorBuffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, new Uint8Array(sorted.buffer));
  }

  setDensity(picture) {
    const gl = this.gl;
    this.texture ??= gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  draw(view, frame) {
    const gl = this.gl;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const program = frame.isDensity ? this.image : this.points;
    gl.useProgram(program);
    gl.uniform4fv(gl.getUniformLocation(program, "place"), GlRenderer.place(view));
    if (frame.isDensity) {
      gl.bindVertexArray(this.imageArray);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      return;
    }

    gl.uniform1f(gl.getUniformLocation(program, "size"), frame.size * frame.ratio);
    gl.uniform1f(gl.getUniformLocation(program, "opacity"), frame.opacity);
    gl.uniform1f(gl.getUniformLocation(program, "isRound"), frame.size * frame.ratio > 3 ? 1 : 0);
    gl.bindVertexArray(this.pointArray);
    for (const [first, end] of frame.ranges) {
      gl.drawArrays(gl.POINTS, first, end - first);
    }
  }

  // Waits until the pixels are drawn, for measurements.
  finish() {
    this.gl.readPixels(0, 0, 1, 1, this.gl.RGBA, this.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  attribute(program, name, size, type) {
    const at = this.gl.getAttribLocation(program, name);
    this.gl.enableVertexAttribArray(at);
    this.gl.vertexAttribPointer(at, size, type, true, 0, 0);
  }

  // From steps (0 to 1, y up) to clip space.
  static place(view) {
    const [left, bottom] = view.toPixel(0, view.aspectY);
    return [
      2 * view.aspectX * view.scale / view.width,
      2 * view.aspectY * view.scale / view.height,
      2 * left / view.width - 1,
      1 - 2 * bottom / view.height
    ];
  }

  static program(gl, vertex, fragment) {
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }

    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
      throw new Error(gl.getProgramInfoLog(program) ?? "The program for the graphics card cannot be linked.");
    }

    return program;
  }
}
