import { card, type ComparedModel } from './card';
import { clockFor, costPerSecond, isMade, type Mark, type VideoMetrics } from './metrics';
import { html, trusted, type Html } from './html';
import { POLICY, SCRIPT, STYLE } from './assets';
import { formatCount, orDash, formatMoney, formatSeconds, formatTime } from './format';

/** Whole elements, since the policy names their text to the last blank. */
const STYLE_ELEMENT = trusted(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = trusted(`<script>${SCRIPT}</script>`);

export interface Comparison {
	prompt: string;
	/** What all models were asked for, in words. */
	asked: string[];
	models: ComparedModel[];
	/** ISO time. */
	madeAt: string;
}

/**
 * The comparison as one HTML file that needs nothing else: no script, style, font or video from anywhere. All text is
 * shown as text, whatever it holds.
 */
export function comparisonPage({ prompt, asked, models, madeAt }: Comparison): string {
	const heading = `${formatCount(models.length, 'model')}, one prompt`;
	const players = models.filter(({ embedded }) => embedded).length;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="referrer" content="no-referrer" />
				<title>${heading}: ${prompt.slice(0, 80)}</title>
				${STYLE_ELEMENT}
			</head>
			<body>
				<div class="page">
					<header>
						<h1>${heading}</h1>
						<blockquote class="prompt" dir="auto">${prompt}</blockquote>
						<p class="asked">${asked.join(' · ')}</p>
					</header>
					<main>
						${atAGlance(models)}
						${players > 1 &&
						html`<div class="bar" hidden>
							<button type="button" id="play-all">Play all together</button>
						</div>`}
						<ul class="models ${columnsFor(models)}" role="list">
							${models.map((model) => html`<li>${card(model)}</li> `)}
						</ul>
					</main>
					<footer>
						<p>
							Made on ${formatTime(madeAt)}. Size, duration and sound are read from the files.
							Fastest is the shortest time from order to finished video, cheapest the lowest cost of
							one second of video.
						</p>
					</footer>
				</div>
				${players > 1 && SCRIPT_ELEMENT}
			</body>
		</html> `.markup;
}

/** How many players share a row where there is room: tall videos more than wide ones. */
function columnsFor(models: ComparedModel[]): string {
	const isTall = models.some(({ facts: { width = 0, height = 0 } }) => height > width);
	if (models.length > 6 || (isTall && models.length > 3)) return 'four';
	return models.length === 3 || models.length > 4 ? 'three' : 'two';
}

function atAGlance(models: ComparedModel[]): Html {
	const made = models.filter(({ facts }) => isMade(facts));
	const clock = clockFor(made.map(({ facts }) => facts));
	const perSecond = (facts: VideoMetrics) =>
		orDash(costPerSecond(facts), (cost) => `${formatMoney(cost, facts.currency)} per second`);
	return html`<dl class="glance">
		${tile('Videos made', `${made.length} of ${models.length}`)}
		${totals(models).map((total) => tile('Total cost', total))}
		${winners('Fastest', 'fastest', made, (facts) => orDash(clock(facts), formatSeconds))}
		${winners('Cheapest', 'cheapest', made, perSecond)}
	</dl>`;
}

/** Who holds a mark, and by what figure; nothing where nobody does. */
function winners(
	name: string,
	mark: Mark,
	made: ComparedModel[],
	figure: (facts: VideoMetrics) => string | undefined,
): Html | undefined {
	const holders = made.filter(({ marks }) => marks.includes(mark));
	if (holders.length === 0) return undefined;
	return tile(name, holders.map(({ model }) => model).join(', '), figure(holders[0].facts));
}

function tile(name: string, value: string, note?: string): Html {
	return html`<div>
		<dt>${name}</dt>
		<dd>${value} ${note && html`<span class="note">${note}</span>`}</dd>
	</div>`;
}

/** One sum for each currency. */
function totals(models: ComparedModel[]): string[] {
	const sums = new Map<string, number>();
	for (const { facts } of models) {
		const { cost, currency = '' } = facts;
		if (cost !== undefined) sums.set(currency, (sums.get(currency) ?? 0) + cost);
	}
	return [...sums].map(([currency, sum]) => formatMoney(sum, currency));
}
