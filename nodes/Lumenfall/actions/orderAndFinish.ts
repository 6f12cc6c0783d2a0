import type { INodeExecutionData } from 'n8n-workflow';
import { failureFrom } from '../errors/catalogue';
import { FailureError, type Failure } from '../errors/failure';
import type { Job } from '../job/job';
import { openPlan, type Fallback, type Plan, type PlanBook } from '../job/plan';
import { buildRequest, type InputImage, type RequestForm, type VideoRequest } from '../job/request';
import { fitToModel, withAdjusted } from '../models/limits';
import type { ActionContext } from './action';
import { cancelOnStop } from './cancelOnStop';
import { toItem, type Known } from './describe';
import { mayFallBack, modelsAfter, nothingHelped, withModel } from './fallback';
import { finish, type FinishForm } from './finish';
import { hintPlan } from './hints';
import { factsOfModel } from './modelFacts';
import { checkFunds, priceForOrder } from './money';
import type { OrderRules } from './orderRules';
import { hashOfRequest, mayHaveJob, runIndexOf, submitOnce } from './submit';

/** One video as the user wants it. */
export interface OrderWish {
	form: RequestForm;
	/** Called for each model that is tried, so that a picture is in memory only while it is sent. */
	readImage?: () => Promise<InputImage>;
	rules: OrderRules;
	finishForm: FinishForm;
	/** Whether the video is waited for. */
	waits: boolean;
}

interface Ordered {
	job: Job;
	known: Known;
	model: string;
	book: PlanBook;
}

/**
 * Orders one video and finishes it: check against the model's facts, know the price, order once, wait, fetch the file.
 * Where the model cannot be had, the next of the fallback models is taken. Everything that can be wrong with the form is
 * found before the order.
 */
export async function orderAndFinish(
	context: ActionContext,
	wish: OrderWish,
): Promise<INodeExecutionData> {
	const { fallbackModels, fallbackOnFailure } = wish.rules;
	const models = [...new Set([wish.form.model.trim(), ...fallbackModels])];
	const failed: Failure[] = [];
	for (let queue = models; ; ) {
		const ordered = await order(context, wish, queue, failed);
		const end = await outcomeOf(complete(context, wish, ordered));
		if ('value' in end) return end.value;

		const failure = failureFrom(end.error);
		const isOver = failure.kind === 'providerFailed' || failure.kind === 'contentPolicy';
		if (isOver) ordered.book.forget();
		queue = modelsAfter(models, ordered.model);
		const mayGoOn = fallbackOnFailure && failure.kind === 'providerFailed' && queue.length > 0;
		if (!mayGoOn) throw end.error;
		failed.push(failure);
	}
}

async function complete(
	context: ActionContext,
	{ finishForm, waits }: OrderWish,
	{ job, known, book }: Ordered,
): Promise<INodeExecutionData> {
	if (!waits) {
		if (finishForm.wishes.cancelOnStop) await cancelOnStop(context, job.id);
		return toItem(context, job, known);
	}
	const item = await finish(context, job, finishForm, known);
	if (typeof item.json.cost === 'number') book.settle(item.json.cost);
	return item;
}

/**
 * Orders from the first model of the queue that can be had. A job of an earlier try is taken up instead.
 * @param failed why models before the queue did not make the video
 */
async function order(
	context: ActionContext,
	wish: OrderWish,
	queue: string[],
	failed: Failure[],
): Promise<Ordered> {
	const asked = buildRequest(wish.form, await wish.readImage?.());
	const book = openBook(context, asked);
	const plan = failed.length === 0 ? book.known : undefined;
	const models = plan ? [plan.model, ...modelsAfter(queue, plan.model)] : queue;

	const troubles = [...failed];
	for (const model of models) {
		const [first] = troubles;
		const fallback = first && { from: asked.model, reason: first.message };
		const known = model === plan?.model ? plan : undefined;
		const end = await outcomeOf(orderFrom(context, wish, { asked, model, book, known, fallback }));
		if ('value' in end) return end.value;

		const failure = failureFrom(end.error);
		if (!mayFallBack(failure, model !== asked.model)) throw end.error;
		troubles.push(failure);
	}
	throw new FailureError(nothingHelped(troubles));
}

interface Candidate {
	asked: VideoRequest;
	model: string;
	book: PlanBook;
	/** What an earlier try has decided. */
	known?: Plan;
	fallback?: Fallback;
}

async function orderFrom(
	context: ActionContext,
	{ rules, finishForm }: OrderWish,
	candidate: Candidate,
): Promise<Ordered> {
	const { asked, model, book, known } = candidate;
	const { request, plan } = known
		? { request: withAdjusted(withModel(asked, model), known.adjusted), plan: known }
		: await decide(context, rules, candidate);

	const job = await submitOnce(context, request, finishForm.wishes.timeoutMs).catch(
		(error: unknown) => {
			if (!mayHaveJob(context, request)) book.forget();
			throw error;
		},
	);
	hintPlan(context, plan);
	const { prompt, seconds } = request;
	const { adjusted, fallback, estimatedCost } = plan;
	return { job, known: { prompt, model, seconds, adjusted, fallback, estimatedCost }, model, book };
}

/** Checks the request against all that is known of the model, its price and the money, and notes what will be ordered. */
async function decide(
	context: ActionContext,
	rules: OrderRules,
	{ asked, model, book, fallback }: Candidate,
): Promise<{ request: VideoRequest; plan: Plan }> {
	const facts = await factsOfModel(context, model);
	const fitted = fitToModel(withModel(asked, model), facts, rules.unsupportedValues);
	const price = await priceForOrder(context, fitted.request, facts, rules);
	await checkFunds(context, price, rules);

	const { adjusted } = fitted;
	const plan: Plan = {
		model,
		...(adjusted && { adjusted }),
		...(fallback && { fallback }),
		...(price.range && { usd: price.range.upTo }),
		...(price.exact !== undefined && { estimatedCost: price.exact }),
	};
	book.note(plan);
	return { request: fitted.request, plan };
}

function openBook(context: ActionContext, asked: VideoRequest): PlanBook {
	const { execution, itemIndex } = context;
	const slot = { runIndex: runIndexOf(execution, itemIndex), itemIndex };
	return openPlan(execution.getContext('node'), slot, hashOfRequest(asked));
}

async function outcomeOf<Value>(
	work: Promise<Value>,
): Promise<{ value: Value } | { error: unknown }> {
	return await work.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
