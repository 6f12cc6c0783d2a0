import type { INodeExecutionData } from 'n8n-workflow';
import { fail } from '../errors/catalogue';
import { buildRequest, type InputImage } from '../job/request';
import type { ActionContext } from './action';
import { toItem, toItemWithFile } from './deliver';
import { readOptions, readOutputField, readRequestForm, readText, readWaitLimits } from './form';
import { submitOnce } from './submit';
import { waitForVideo } from './waitForVideo';

/**
 * Generating is a composition of four doors: check the request, order it once, wait, fetch the file. Everything that
 * can be wrong with the form is found before the order.
 */
export async function generate(
	context: ActionContext,
	image?: InputImage,
): Promise<INodeExecutionData> {
	const { execution, itemIndex } = context;
	const request = buildRequest(readRequestForm(execution, itemIndex), image);
	const options = readOptions(execution, itemIndex);
	const limits = readWaitLimits(options);
	const wantsFile = readText(execution, 'output', itemIndex) !== 'url';
	const waits = readText(execution, 'waitMode', itemIndex) !== 'none';
	const field = waits && wantsFile ? readOutputField(execution, itemIndex) : '';

	const submitted = await submitOnce(context, request);
	const known = { prompt: request.prompt, model: request.model, seconds: request.seconds };
	if (!waits) return toItem(context, submitted, known);

	const { job, timing } = await waitForVideo(context, submitted, limits);
	if (wantsFile) {
		return await toItemWithFile(
			context,
			job,
			{ field, fileName: options.fileName },
			{ ...known, timing },
		);
	}
	if (!job.url) throw fail('noFile', { videoId: job.id, status: job.status });
	return toItem(context, job, { ...known, timing });
}
