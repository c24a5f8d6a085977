// Keeps uploaded files and kept runs while the tab is open, so that they survive a reload, which begins a new session.
const KEPT = "hebei2025-own";

export default function ({ data, setTriggerValue }) {
  const stored = sessionStorage.getItem(KEPT);
  if (data.fresh && stored && stored !== data.content) {
    setTriggerValue("restored", stored);
    return;
  }
  if (!data.fresh) sessionStorage.setItem(KEPT, data.content);
}
