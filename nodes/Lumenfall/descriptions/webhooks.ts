import type { IWebhookDescription } from 'n8n-workflow';
import { RESUME_PATH } from '../wait/webhookUrl';

/** Where the server's call resumes a parked execution. It lives only as long as the execution is parked. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'noData',
		path: RESUME_PATH,
		restartWebhook: true,
		isFullPath: true,
	},
];
