import { isN8n2, type N8nVersion } from './versions.mts';

export interface Ports {
	http: number;
	/** Port of the broker between n8n and its task runners. */
	broker: number;
	/** Port of a worker's health check. */
	health: number;
}

/**
 * The complete environment of an n8n that only communicates with this computer. It inherits nothing but the search path
 * of programs, so that settings of this machine cannot change a story.
 */
export function environmentOf(
	version: N8nVersion,
	folder: string,
	ports: Ports,
): Record<string, string> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: folder,
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'end-to-end',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		DB_TYPE: 'sqlite',
		// The default of n8n 2. With n8n 1's single connection, two requests that save at the same moment fail.
		DB_SQLITE_POOL_SIZE: '3',

		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(ports.http),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(ports.broker),
		QUEUE_HEALTH_CHECK_PORT: String(ports.health),
		N8N_SECURE_COOKIE: 'false',

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PUBLIC_API_DISABLED: 'true',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		// This module requests a list from n8n's servers. n8n 1 does not have it.
		...(isN8n2(version) && { N8N_DISABLED_MODULES: 'mcp-registry' }),

		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_LOG_LEVEL: 'info',
	};
}
