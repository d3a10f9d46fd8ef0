// The address is the state: every view can be linked to, and the back button undoes a step.
let href = $state(location.pathname + location.search);
const url = $derived(new URL(href, location.origin));

export const route = {
  get path() {
    return url.pathname;
  },
  get query() {
    return url.searchParams;
  },
};

export function go(to: string, replace = false) {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  href = location.pathname + location.search;
}

/** The present address with some parameters changed; null takes one away, a list gives it several values. */
export function having(changes: Record<string, string | string[] | null>, path = url.pathname): string {
  const query = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    for (const one of value === null ? [] : [value].flat()) query.append(name, one);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

addEventListener("popstate", () => (href = location.pathname + location.search));

// Plain clicks on links of this page change the view; all others are the browser's.
addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download") || event.defaultPrevented) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname.startsWith("/api/") || to.hash) return;
  event.preventDefault();
  const moved = to.pathname !== location.pathname;
  go(to.pathname + to.search);
  if (moved) scrollTo(0, 0);
});
