// How the pages look: on purpose like nothing that Microsoft makes.

export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbf7ee; --card: #ffffff; --ink: #22201c; --soft: #5a544a; --line: #8a8275;
  --mark: #5b2a86; --on-mark: #ffffff; --band: #ffd34d; --on-band: #22201c; --wrong: #9c1c1c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1922; --card: #262330; --ink: #f3efe6; --soft: #c3bccb; --line: #8f889b;
    --mark: #d3b3f5; --on-mark: #1b1922; --band: #ffd34d; --on-band: #22201c; --wrong: #ff9d94;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Georgia, "Times New Roman", serif; overflow-wrap: anywhere;
}
.band { background: var(--band); color: var(--on-band); border-bottom: 4px dashed var(--on-band); }
.band p { margin: 0 auto; max-width: 42rem; padding: .75rem 1rem; font-family: ui-monospace, Consolas, monospace; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
.wrong { border-left: 4px solid var(--wrong); padding-left: 1rem; }
ul, dl { margin: .5rem 0; padding: 0; list-style: none; }
li { margin: 0 0 .5rem; }
.permissions li { background: var(--card); border: 1px solid var(--line); border-radius: .25rem; padding: .6rem .8rem; }
dt { color: var(--soft); }
dd { margin: 0 0 .5rem; }
code, .name { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
button {
  display: inline-block; min-height: 2.75rem; padding: .5rem 1.1rem; border-radius: .25rem; cursor: pointer;
  border: 2px solid var(--mark); background: var(--card); color: var(--ink); font: inherit; text-align: left;
}
input:not([type="hidden"]) {
  min-height: 2.75rem; padding: .4rem .6rem; border: 2px solid var(--line); border-radius: .25rem;
  background: var(--card); color: var(--ink); font: 1.2rem ui-monospace, Consolas, monospace; max-width: 100%;
}
button.first { background: var(--mark); color: var(--on-mark); }
button.person { width: 100%; }
button span { display: block; }
a { color: var(--mark); }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 3px; }
.choices { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; }
`;
