// What can be done with one chart: full screen, a picture with title, source and link, and code to embed it.
const PICTURE = { scale: 2, title: 44, foot: 40, edge: 16 };
const VIEWS = ["left", "right"];

function chartMenu(app, position, { box, chart, title }) {
  const menu = el("div", "menu");
  menu.setAttribute("popover", "auto");
  const code = el("textarea", "code");
  Object.assign(code, { readOnly: true, rows: 4, hidden: true });
  code.setAttribute("aria-label", say("component.embed"));
  const embed = button("", say("component.embed"), "", () => {
    code.value = embedCode(app, position, title());
    code.hidden = false;
    code.select();
  });
  embed.hidden = isAlone(app); // another page cannot show a file of this machine
  const whole = button("", say("component.full_screen"), "", () => {
    menu.hidePopover();
    box.requestFullscreen();
  });
  whole.hidden = !document.fullscreenEnabled; // some phones have it for films only
  menu.append(
    whole,
    button("", say("component.picture"), "", () => savePicture(app, chart(), title())),
    embed,
    code,
  );
  const open = button("info", "⋯", `${say("component.chart_menu")}: ${chartName(position)}`, () => {
    code.hidden = true;
    showBeside(menu, open);
  });
  return [open, menu];
}

// A frame for another page that shows this chart alone, in exactly this state.
function embedCode(app, position, title) {
  const address = addressOf(queryOf({ ...app.state, view: VIEWS[position] }, app.texts.defaults));
  address.searchParams.set("embed", "true");
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${quoted(address.href)}" title="${quoted(title)}" width="720" height="480" style="border:0"></iframe>`;
}

async function savePicture(app, chart, title) {
  const image = new Image();
  image.src = chart.getDataURL({ pixelRatio: PICTURE.scale, backgroundColor: "#FFFFFF" });
  await image.decode();
  const canvas = el("canvas");
  const { scale, edge } = PICTURE;
  canvas.width = image.width + 2 * edge * scale;
  canvas.height = image.height + (PICTURE.title + PICTURE.foot) * scale;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#FFFFFF";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, edge * scale, PICTURE.title * scale);
  const write = (text, size, y, weight = "") => {
    pen.font = `${weight} ${size * scale}px sans-serif`;
    pen.fillText(text, edge * scale, y * scale, canvas.width - 2 * edge * scale);
  };
  pen.fillStyle = "#1C2733";
  write(title, 15, 20, "bold");
  pen.fillStyle = "#44505C";
  write(app.data.answer?.sentence ?? "", 11, 38);
  const foot = canvas.height / scale - PICTURE.foot;
  write(say("component.picture_source"), 11, foot + 16);
  // Where the file lies on this machine is nobody's business.
  write(isAlone(app) ? addressOf(app.query)[ADDRESS.part] : addressOf(app.query).href, 10, foot + 32);
  const link = el("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${app.state.charts.join("_")}.png`;
  link.click();
}
