// What can be done with one chart: full screen, a picture with title, source and link, its data, and code to embed it.
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
    help.hidden = !isAlone(app) || location.protocol !== "file:";
    placeBeside(menu, open); // wider now
    code.select();
  });
  embed.hidden = app.data.frame === null;
  const help = el("p", "note", say("component.embed_help"));
  const table = button("", say("component.table"), "", () => app.server.send("take", position));
  table.hidden = !isAlone(app); // the app has the data below the charts
  const whole = button("", say("component.full_screen"), "", () => {
    menu.hidePopover();
    box.requestFullscreen();
  });
  whole.hidden = !document.fullscreenEnabled; // some phones have it for films only
  menu.append(
    whole,
    button("", say("component.picture"), "", () => savePicture(app, chart(), title())),
    table,
    embed,
    code,
    help,
  );
  const open = button("info", "⋯", `${say("component.chart_menu")}: ${chartName(position)}`, () => {
    code.hidden = help.hidden = true;
    showBeside(menu, open);
  });
  return [open, menu];
}

// A frame for another page that shows this chart alone, in exactly this state.
function embedCode(app, position, title) {
  const address = addressOf(queryOf({ ...app.state, view: VIEWS[position] }, app.texts.defaults));
  if (!isAlone(app)) address.searchParams.set("embed", "true");
  const source = isAlone(app) ? app.data.frame + address.hash : address.href;
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${quoted(source)}" title="${quoted(title)}" width="720" height="480" style="border:0;max-width:100%" allowfullscreen></iframe>`;
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
  saveFile(`${app.state.charts.join("_")}.png`, canvas.toDataURL("image/png"));
}
