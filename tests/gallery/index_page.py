"""One page over all pictures: static, filtered by a few lines of JavaScript, each picture with what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tests.gallery.views import step_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.gallery.drawing import Drawn

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Gallery</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 16px; background: #eee; color: #111 }
form { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 16px; padding: 8px 0; background: #eee }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 16px }
figure { margin: 0; padding: 12px; background: #fff; border: 2px solid #ccc }
figure.wrong { border-color: #c00 }
img { width: 100%; border: 1px solid #999 }
figcaption { font-weight: bold; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px; max-height: 18em; overflow: auto }
.fault { color: #c00 }
</style>
<form id="filters"></form>
<p id="count"></p>
<main id="shown"></main>
<script>
const all = DATA;
const keys = ["step", "language", "size", "theme", "text"];
const first = {language: "ja", size: "1280x800", theme: "light", text: "1"};
const form = document.getElementById("filters");
function made(tag, text, parent, kind) {
  const node = document.createElement(tag);
  node.textContent = text;
  if (kind) node.className = kind;
  return parent.appendChild(node);
}
for (const key of [...keys, "only"]) {
  const label = made("label", key + " ", form);
  const select = made("select", "", label);
  select.name = key;
  const values = key === "only" ? ["faults", "changed"] : [...new Set(all.map(one => String(one[key])))];
  for (const value of ["", ...values]) made("option", value || "all", select).value = value;
  select.value = first[key] || "";
}
function show() {
  const main = document.getElementById("shown");
  main.textContent = "";
  const fits = one => keys.every(key => !form[key].value || String(one[key]) === form[key].value)
    && (form.only.value !== "faults" || one.faults.length) && (form.only.value !== "changed" || one.difference);
  const found = all.filter(fits);
  for (const one of found) {
    const figure = made("figure", "", main, one.faults.length ? "wrong" : "");
    for (const file of [one.file, one.difference].filter(Boolean)) {
      const link = made("a", "", figure);
      link.href = file;
      const picture = made("img", "", link);
      picture.loading = "lazy";
      picture.src = file;
    }
    made("figcaption", one.name, figure);
    for (const fault of one.faults) made("div", fault, figure, "fault");
    made("pre", [one.title, ...one.said].join("\\n"), figure);
  }
  document.getElementById("count").textContent = found.length + " of " + all.length;
}
form.addEventListener("change", show);
show();
</script>
"""


def write_index(drawn: Sequence[Drawn], differences: Mapping[str, str], folder: Path) -> None:
    """Write index.html; `differences` are pictures of what changed against the goldens, by name."""
    entries = [_entry(one, differences.get(one.name, "")) for one in drawn if one.pictured or one.faults]
    data = json.dumps(entries, ensure_ascii=False).replace("</", "<\\/")
    (folder / "index.html").write_text(_PAGE.replace("DATA", data), encoding="utf-8")


def _entry(one: Drawn, difference: str) -> dict[str, object]:
    variant = one.variant
    return {
        "name": one.name,
        "file": f"{one.name}.png" if one.pictured else "",
        "difference": difference,
        "step": step_of(variant.state),
        "language": variant.language,
        "size": variant.size,
        "theme": variant.theme,
        "text": f"{variant.text_size:g}",
        "title": one.title.replace("\n", " "),
        "said": one.said,
        "faults": one.faults,
    }
