import type { DialectName } from '../../sandbox/createSandbox.mts';

/** A kind of server, as its users know it. */
export interface Server {
	name: string;
	/** The dialect of the sandbox. */
	dialect: DialectName;
	/** The value of 'Base URL'. */
	baseUrl: string;
	/** The form values of a short video, in addition to the prompt. */
	form?: object;
}

/** The abilities of a server. Each one is a story that runs on it. */
export const ABILITIES = [
	'Text to Video',
	'Image as file',
	'Image as URL',
	'Get Many',
	'Stop cancels',
	'Response to the create lost',
] as const;

export type Ability = (typeof ABILITIES)[number];

/** The result of a story: yes, or no with the message for the user. */
export interface Answer {
	works: boolean;
	/** A remark if it works, otherwise the error. */
	words?: string;
}

export type Answers = Partial<Record<Ability, Answer>>;
