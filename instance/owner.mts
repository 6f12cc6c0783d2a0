import axios from 'axios';
import { createApi } from './api/createApi.mts';
import type { N8nApi } from './types.mts';
import type { N8nVersion } from './versions.mts';

/** The settings that are read here. */
interface Settings {
	data: { userManagement: { showSetupOnFirstLoad: boolean } };
}

export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Video',
	lastName: 'Maker',
	password: 'PaperBoat1',
};

/** Logs in as the owner. Creates the owner first if the instance is new. */
export async function setUpOwner(version: N8nVersion, url: string): Promise<N8nApi> {
	const settings = await axios.get<Settings>(`${url}/rest/settings`);
	const answer = settings.data.data.userManagement.showSetupOnFirstLoad
		? await axios.post(`${url}/rest/owner/setup`, OWNER)
		: await axios.post(`${url}/rest/login`, {
				emailOrLdapLoginId: OWNER.email,
				password: OWNER.password,
			});
	const cookies = answer.headers['set-cookie'] ?? [];
	return createApi(version, url, cookies.map((cookie) => cookie.split(';')[0]).join('; '));
}
