import type { IDataObject } from 'n8n-workflow';
import { HttpResponse } from '../../nodes/Lumenfall/transport/httpResponse';

/** A response of a server, with its body parsed. */
export function responseOf(
	statusCode: number,
	body?: unknown,
	headers: IDataObject = {},
): HttpResponse {
	return new HttpResponse({ statusCode, headers, body });
}
