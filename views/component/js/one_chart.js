// What stands around a chart that is shown alone, in a frame of another page or over the whole screen: its title, what has
// been set, the source, and a way to everything else.

function oneChart(app) {
  const head = el("div", "alone-head");
  const [title, sentence] = [el("h2"), el("p")];
  head.append(title, sentence);
  const foot = el("p", "alone-foot");
  const whole = el("a", "", say("component.open_whole"));
  Object.assign(whole, { target: "_blank", rel: "noopener" });
  foot.append(el("span", "", say("component.picture_source")), whole);
  return {
    head,
    foot,
    show(text) {
      title.textContent = text;
      const { answer } = app.data;
      if (answer?.query === app.query) sentence.textContent = answer.sentence;
      whole.href = addressOf(queryOf({ ...app.state, view: "all" }, app.texts.defaults)).href;
    },
  };
}
