import { createHash } from 'node:crypto';

/** The style sheet of the page. System fonts only: the page loads nothing. */
export const STYLE = `
:root {
	color-scheme: light dark;
	--ground: #f5f6f8; --card: #ffffff; --line: #e1e4ea; --text: #151923; --quiet: #596273;
	--accent: #4038c7; --fast: #e2f5ea; --fast-text: #125c38; --cheap: #e6ecfe; --cheap-text: #24409b;
	--bad: #fdecea; --bad-text: #96261c; --shadow: 0 1px 2px rgb(20 25 40 / 6%), 0 8px 24px rgb(20 25 40 / 5%);
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #0d1016; --card: #161a22; --line: #2a303b; --text: #e9ecf2; --quiet: #9ba5b5;
		--accent: #a9a4ff; --fast: #123524; --fast-text: #8ce0b3; --cheap: #1b2850; --cheap-text: #b3c4ff;
		--bad: #3a1a18; --bad-text: #ffb3ab; --shadow: none;
	}
}
* { box-sizing: border-box; }
body {
	margin: 0; background: var(--ground); color: var(--text);
	font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
	-webkit-text-size-adjust: 100%;
}
.page { max-width: 82rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 3.5rem) clamp(1rem, 4vw, 2.5rem); }
h1, h2, p, dl, dd, blockquote { margin: 0; }
h1 { font-size: clamp(1.6rem, 4.5vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; font-weight: 680; }
.prompt {
	margin-top: 1.1rem; max-width: 60rem; padding-left: 1rem; border-left: 3px solid var(--accent);
	font-size: 1.1rem; white-space: pre-wrap; overflow-wrap: anywhere;
}
.settings { margin-top: 0.9rem; color: var(--quiet); font-size: 0.9rem; }
.glance {
	display: flex; flex-wrap: wrap; gap: 1px; margin: 1.75rem 0 1.25rem;
	background: var(--line); border: 1px solid var(--line); border-radius: 14px; overflow: hidden;
}
.glance div { flex: 1 1 9rem; background: var(--card); padding: 0.9rem 1.1rem; min-width: 0; }
.glance dt { color: var(--quiet); font-size: 0.8rem; }
.glance dd { font-size: 1.15rem; font-weight: 620; overflow-wrap: anywhere; }
.glance .note { display: block; color: var(--quiet); font-size: 0.8rem; font-weight: 400; }
.bar { display: flex; justify-content: flex-end; margin-bottom: 1rem; }
[hidden] { display: none !important; }
button {
	font: inherit; font-weight: 600; color: var(--card); background: var(--text); border: 0; border-radius: 999px;
	padding: 0.6rem 1.3rem; min-height: 2.75rem; cursor: pointer;
}
button:hover { opacity: 0.88; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.models { display: grid; gap: clamp(1rem, 2vw, 1.5rem); grid-template-columns: minmax(0, 1fr); list-style: none; margin: 0; padding: 0; }
@media (min-width: 44rem) {
	.models { grid-template-columns: repeat(2, minmax(0, 1fr)); }
	.empty { aspect-ratio: 16 / 9; }
}
@media (min-width: 68rem) {
	.models.three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
	.models.four { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
.model {
	display: flex; flex-direction: column; height: 100%; overflow: hidden;
	background: var(--card); border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow);
}
.screen { display: flex; align-items: center; justify-content: center; background: #000; }
video { display: block; width: 100%; height: auto; max-height: 80vh; background: #000; }
.empty {
	flex-direction: column; gap: 0.35rem; min-height: 8rem; padding: 1.25rem; text-align: center;
	background: var(--ground); color: var(--quiet); border-bottom: 1px solid var(--line);
}
.empty strong { color: var(--text); font-weight: 620; }
a { color: var(--accent); font-weight: 600; text-underline-offset: 0.15em; overflow-wrap: anywhere; }
.about { padding: 1.1rem 1.25rem 1.25rem; }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.5rem; }
h2 { font-size: 1.15rem; line-height: 1.3; font-weight: 660; letter-spacing: -0.01em; overflow-wrap: anywhere; margin-right: 0.25rem; }
.mark { display: inline-block; border-radius: 999px; padding: 0.1rem 0.6rem; font-size: 0.78rem; font-weight: 640; white-space: nowrap; }
.fastest { background: var(--fast); color: var(--fast-text); }
.cheapest { background: var(--cheap); color: var(--cheap-text); }
.failed { background: var(--bad); color: var(--bad-text); }
.provider { color: var(--quiet); font-size: 0.9rem; overflow-wrap: anywhere; }
.reason { margin-top: 0.9rem; padding: 0.8rem 0.95rem; border-radius: 10px; background: var(--bad); color: var(--bad-text); overflow-wrap: anywhere; }
.advice { margin-top: 0.6rem; color: var(--quiet); font-size: 0.9rem; overflow-wrap: anywhere; }
.metrics {
	display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); column-gap: 1.75rem;
	margin-top: 0.9rem; font-size: 0.92rem;
}
.metrics div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.38rem 0; border-top: 1px solid var(--line); }
.metrics dt { color: var(--quiet); flex: none; }
.metrics dd { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; min-width: 0; }
.metrics code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.8rem; }
footer { margin-top: 2rem; color: var(--quiet); font-size: 0.85rem; }
@media print { .bar { display: none; } .model { break-inside: avoid; box-shadow: none; } }
`;

/** Starts or pauses all players together. Without this script each player still works on its own. */
export const SCRIPT = `
const videos = [...document.querySelectorAll('video')];
const button = document.getElementById('play-all');
const isPlaying = () => videos.some((video) => !video.paused);
const show = () => { button.textContent = isPlaying() ? 'Pause all' : 'Play all together'; };
if (button) {
	button.parentElement.hidden = false;
	button.addEventListener('click', () => {
		const pause = isPlaying();
		for (const video of videos) {
			if (pause) { video.pause(); continue; }
			video.currentTime = 0;
			video.play().catch(() => undefined);
		}
	});
	for (const video of videos) for (const event of ['play', 'pause']) video.addEventListener(event, show);
}
`;

/** The page may use its own style, script and media, and nothing else. */
export const POLICY = [
	"default-src 'none'",
	`style-src ${hashOf(STYLE)}`,
	`script-src ${hashOf(SCRIPT)}`,
	'media-src data:',
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
