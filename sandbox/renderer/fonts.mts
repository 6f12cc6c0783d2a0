import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

const require = createRequire(import.meta.url);

// The font package has one file per alphabet. A prompt may contain any of these.
const alphabets = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'];
const weights = [400, 700];

for (const alphabet of alphabets) {
	for (const weight of weights) {
		const file = require.resolve(
			`@fontsource/inter/files/inter-${alphabet}-${weight}-normal.woff2`,
		);
		GlobalFonts.registerFromPath(file, `Sandbox ${alphabet}`);
	}
}

const FAMILIES = alphabets.map((alphabet) => `"Sandbox ${alphabet}"`).join(', ');

/** Returns a CSS font that renders the same on a machine without fonts. `sizePx` in pixels. */
export function font(weight: 400 | 700, sizePx: number): string {
	return `${weight} ${Math.round(sizePx)}px ${FAMILIES}, sans-serif`;
}
