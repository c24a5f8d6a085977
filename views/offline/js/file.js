// Begins the file: the host with its lessons, and a bar with Explore, lessons, what the file is, and the languages.
class OneFile extends Host {
  // The lesson that the file was made to open with.
  first() {
    const lesson = document.getElementById("lessons").dataset.first;
    return lesson ? `${LESSON}=${lesson}` : "";
  }

  // From disk the file is named without its folder, so that a page beside it finds it wherever both lie.
  get frame() {
    return location.protocol === "file:" ? location.pathname.split("/").at(-1) : location.origin + location.pathname;
  }

  lessonsWith(show, explore) {
    return new Lessons(document.getElementById("lessons"), show, explore);
  }

  showBar(language, { change, side }) {
    const said = (key) => this.texts.words.texts[`offline.${key}`];
    document.documentElement.lang = this.common.tags[language];
    document.title = say("app.title");
    const about = el("div", "information");
    Object.assign(about, { id: "about" });
    about.setAttribute("popover", "auto");
    const version = document.querySelector("meta[name=generator]").content;
    about.append(el("h4", "", said("about")), ...["can", "cannot", "link"].map((key) => el("p", "", said(key))), el("p", "note", version));
    const open = button("about", said("about"), "", () => showBeside(about, open));
    const languages = segments(said("language"), Object.entries(this.common.languages), change);
    languages.show(language);
    const sides = [["explore", said("explore")], ["lessons", said("lessons")]];
    this.sides = segments(said("side"), sides, side);
    this.sides.show(this.lessons.place ? "lessons" : "explore");
    document.getElementById("bar").replaceChildren(this.sides.box, el("span", "what", said("what")), open, languages.box, about);
  }
}

// Where the browser has been found too old already, nothing is begun.
if (document.getElementById("too_old").hidden) {
  new OneFile(document).start().catch((error) => {
    console.error(error);
    document.getElementById("page").remove();
    tooOld();
  });
}
