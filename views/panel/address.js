// Keeps the address of a page without levers; put behind shown_address.js.
export default ({ data }) => showAddress(data.query);
