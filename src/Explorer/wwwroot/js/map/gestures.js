// Pointer, wheel and keyboard on the stage of a map.
const wheelStep = 0.0016;
const keyPan = 60;

export function listenToGestures(stage, map) {
  const pointers = new Map();
  let pinch = 0;
  const at = event => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  stage.addEventListener("pointerdown", event => {
    if (event.button !== 0) {
      return;
    }

    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 1 && (map.isLassoing || event.shiftKey)) {
      map.startLasso(at(event));
    }

    map.hover(null);
  });
  stage.addEventListener("pointermove", event => {
    const point = at(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      map.hover(point);
      return;
    }

    pointers.set(event.pointerId, point);
    if (map.lasso.length > 0) {
      map.extendLasso(point);
    } else if (pointers.size === 1) {
      map.pan(point[0] - before[0], point[1] - before[1]);
    } else {
      const [one, two] = [...pointers.values()];
      const apart = Math.hypot(one[0] - two[0], one[1] - two[1]);
      if (pinch > 0) {
        map.zoomAt(apart / pinch, (one[0] + two[0]) / 2, (one[1] + two[1]) / 2);
      }

      pinch = apart;
    }
  });
  const end = event => {
    pointers.delete(event.pointerId);
    pinch = 0;
    if (map.lasso.length > 0) {
      map.endLasso();
    }
  };
  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", end);
  stage.addEventListener("pointerleave", () => map.hover(null));
  stage.addEventListener("click", event => map.pick(at(event)));
  stage.addEventListener("wheel", event => {
    event.preventDefault();
    map.zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 20 : 1) * wheelStep), ...at(event));
  }, { passive: false });
  stage.addEventListener("keydown", event => {
    const keys = {
      ArrowLeft: () => map.pan(keyPan, 0),
      ArrowRight: () => map.pan(-keyPan, 0),
      ArrowUp: () => map.pan(0, keyPan),
      ArrowDown: () => map.pan(0, -keyPan),
      "+": () => map.zoomBy(1.4),
      "=": () => map.zoomBy(1.4),
      "-": () => map.zoomBy(1 / 1.4),
      0: () => map.showAll(),
      "]": () => map.stepTopic(1),
      "[": () => map.stepTopic(-1),
      Escape: () => map.clearSelection()
    };
    const action = keys[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  });
}
