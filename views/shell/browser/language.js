// Names the language of the page, and keeps the choice in the address without a new entry in the history.
export default function ({ data }) {
  document.documentElement.lang = data.tag;
  const address = new URL(location.href);
  if (address.searchParams.get("lang") === data.language) return;
  address.searchParams.set("lang", data.language);
  history.replaceState(history.state, "", address);
}
