import { invalid } from '../errors/message';
import { serverErrors } from '../errors/serverErrors';
import { formatUsd } from '../support/usd';

const OPEN_PRICE =
	"Set 'Resolution' and the option 'Audio' if the price depends on them. Nothing was created.";

/** The cost limits of the user, or the balance, do not allow the video. Nothing has been created for the item. */
export const costErrors = {
	tooExpensive: (model: string, usd: number, max: number, isExact: boolean) =>
		invalid(
			`The video would cost ${isExact ? '' : 'up to '}${formatUsd(usd)}, but 'Max Cost' is ${formatUsd(max)}`,
			`Choose a shorter 'Duration (Seconds)', a lower 'Resolution' or a cheaper model than ${model}, or raise 'Max Cost'. ${isExact ? 'Nothing was created.' : OPEN_PRICE}`,
		),

	/** @param subject what is priced */
	runTooExpensive: (usd: number, spent: number, max: number, subject = 'The video') =>
		invalid(
			`${subject} would cost ${formatUsd(usd)}${spent > 0 ? `; with the ${formatUsd(spent)} of the other videos of this run, that is` : ', which is'} more than 'Max Cost of Run' (${formatUsd(max)})`,
			"Nothing was created for this item. Raise 'Max Cost of Run', or run fewer items.",
		),

	/** @param limit the parameter that is set */
	priceUnknown: (model: string, limit: 'Max Cost' | 'Max Cost of Run') =>
		invalid(
			`The price of this video from ${model} is unknown, so '${limit}' cannot be enforced`,
			`Choose a model whose price is known, or remove the option '${limit}'. ${OPEN_PRICE}`,
		),

	balanceTooLow: (needed: number, available: number) =>
		serverErrors.insufficientBalance({
			serverMessage: `${formatUsd(needed)} needed, ${formatUsd(Math.max(available, 0))} available`,
		}),
};
