// Sliders under a finger. By itself a browser puts a slider to where a finger lands, even if the finger goes on to scroll the
// page. Here the finger may be anywhere on the track: going sideways it moves the slider from where it stands, a tap puts it
// to the place, and going up or down scrolls. The style sheet hands over to this where fingers are used.
const SIDEWAYS = 5; // px from which a finger moves the slider

function followFinger(input, track) {
  let landed = null; // where the finger is down, and the value then
  let isMoving = false; // until the next finger lands: a movement is not a tap
  const tell = (kind) => input.dispatchEvent(new Event(kind, { bubbles: true }));
  const set = (value) => {
    const before = input.value;
    input.value = value;
    if (input.value !== before) tell("input");
  };
  const thumb = () => parseFloat(getComputedStyle(track).getPropertyValue("--thumb"));
  const perPixel = () => (input.max - input.min) / (track.clientWidth - thumb());
  track.addEventListener("pointerdown", (event) => {
    if (event.target === input || input.disabled || !event.isPrimary) return;
    isMoving = false;
    landed = { x: event.clientX, value: Number(input.value) };
  });
  track.addEventListener("pointermove", (event) => {
    if (!landed) return;
    const shift = event.clientX - landed.x;
    if (!isMoving && Math.abs(shift) < SIDEWAYS) return;
    if (!isMoving) {
      isMoving = true;
      track.setPointerCapture(event.pointerId);
    }
    set(landed.value + shift * perPixel());
  });
  const end = () => {
    if (landed && isMoving) tell("change");
    landed = null;
  };
  track.addEventListener("pointerup", end);
  track.addEventListener("pointercancel", () => {
    if (landed && isMoving) set(landed.value); // the page is scrolled instead
    end();
  });
  // The browser sends no click for a touch that scrolls the page or stops it from gliding.
  track.addEventListener("click", (event) => {
    if (event.target === input || input.disabled || isMoving) return;
    const place = event.clientX - track.getBoundingClientRect().left - thumb() / 2;
    set(Number(input.min) + place * perPixel());
    tell("change");
  });
}
