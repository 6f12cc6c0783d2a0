import type { DialectName } from '../../sandbox/createSandbox.mts';

/** A kind of server as its users know it. */
export interface Server {
	name: string;
	/** What the sandbox is for it. */
	dialect: DialectName;
	/** What a user enters in 'Base URL'. */
	baseUrl: string;
	/** What a user has to fill in for a short video, beside the prompt. */
	form?: object;
}

/** What a user can do with a server. Each is a story that is played on it. */
export const ABILITIES = [
	'Text to Video',
	'Image as file',
	'Image as URL',
	'Get Many',
	'Stop cancels',
	'Response of the create lost',
] as const;

export type Ability = (typeof ABILITIES)[number];

/** What came of a story: yes, or no and what the user is told. */
export interface Answer {
	works: boolean;
	/** A remark where it works, the error where it does not. */
	words?: string;
}

export type Answers = Partial<Record<Ability, Answer>>;
