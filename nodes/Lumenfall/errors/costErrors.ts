import type { FailureError } from './failure';
import { invalid } from './inputErrors';
import { formatUsd } from '../support/usd';

/** What the user's own limits for money say no to. Nothing has been ordered for the item. */
export const costErrors = {
	tooDear: (model: string, usd: number, max: number, isExact: boolean): FailureError =>
		invalid(
			`The video would cost ${isExact ? '' : 'up to '}${formatUsd(usd)}, but 'Max Cost' is ${formatUsd(max)}`,
			`Ask ${model} for fewer seconds or a lower resolution, choose a cheaper model, or raise 'Max Cost'. ${isExact ? 'No video was made.' : OPEN_PRICE}`,
		),
	runTooDear: (usd: number, spent: number, max: number, subject = 'The video') =>
		invalid(
			`${subject} would cost ${formatUsd(usd)}${spent > 0 ? `, and with the ${formatUsd(spent)} of the other videos of this run that is` : ', which is'} more than 'Max Cost of Run' (${formatUsd(max)})`,
			"No video was made for this item. Raise 'Max Cost of Run', or run fewer items.",
		),
	priceUnknown: (model: string) =>
		invalid(
			`What ${model} would charge for this video is not known, so 'Max Cost' cannot be kept`,
			`No video was made. Choose a model whose price is known, or leave 'Max Cost' and 'Max Cost of Run' empty. ${OPEN_PRICE}`,
		),
};

const OPEN_PRICE =
	"Where the price depends on it, set 'Resolution' and the option 'Audio'. No video was made.";
