// The address always opens the present state; replaced, so that the way back leads out of the page.
function showAddress(query) {
  const address = new URL(location.href);
  address.search = query;
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}
