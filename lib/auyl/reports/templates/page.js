// The pages read well without this: it says which tables scroll, opens all code at once and shows where in the contents
// the reader is.
(() => {
  for (const table of document.querySelectorAll(".table")) {
    table.classList.toggle("scrolls", table.scrollWidth > table.clientWidth + 1);
  }
  const button = document.querySelector("button.codes");
  const codes = [...document.querySelectorAll("details.code")];
  if (button && codes.length) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(open));
      for (const code of codes) code.open = open;
    });
  }
  const links = new Map([...document.querySelectorAll(".contents ol a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const targets = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let waiting = false;
  const follow = () => {
    waiting = false;
    const passed = targets.filter((target) => target.getBoundingClientRect().top < innerHeight / 4);
    const here = passed.length ? passed[passed.length - 1] : targets[0];
    for (const [id, link] of links) {
      if (here && id === here.id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  if (targets.length) {
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
    follow();
  }
})();
