// Keeps the address of a page such that it opens the present state; replaced, so that the way back leads out of the page.
export default function ({ data }) {
  const address = new URL(location.href);
  address.search = data.query;
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}
