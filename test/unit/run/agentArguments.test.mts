import type { IExecuteFunctions } from 'n8n-workflow';
import { agentArguments } from '../../../nodes/Lumenfall/run/agentArguments';

const evaluated: string[] = [];
const read = (parameters: object) => {
	evaluated.length = 0;
	return agentArguments({
		getNode: () => ({ parameters }),
		evaluateExpression: (expression: string) => {
			evaluated.push(expression);
			if (expression.includes('broken')) throw new Error('no');
			return `value of ${expression}`;
		},
	} as unknown as IExecuteFunctions);
};

test('the arguments are those of every $fromAI call, without other parts of the expression such as the time', () => {
	read({
		prompt: `={{ $fromAI('prompt', "a (short) one's text") }} at {{ $now }}`,
		seconds: "={{ Number($fromAI('seconds', ``, 'number')) }}",
		options: { seed: "={{ $fromAI('seed') + $fromAI('more') }}", user: 'me' },
	});
	expect(evaluated).toEqual([
		`{{ $fromAI('prompt', "a (short) one's text") }}`,
		"{{ $fromAI('seconds', ``, 'number') }}",
		"{{ $fromAI('seed') }}",
		"{{ $fromAI('more') }}",
	]);
});

test.each(["$fromAi('prompt')", "$fromai('prompt')", "$fromAI ('prompt')", "$fromAI\n('prompt')"])(
	'n8n also accepts the call %j',
	(call) => {
		read({ prompt: `={{ ${call} }}` });
		expect(evaluated).toEqual([`{{ ${call} }}`]);
	},
);

test('a call is evaluated once, and one that cannot be evaluated is returned as written', () => {
	const twice = "={{ $fromAI('prompt') }}";
	expect(read({ prompt: twice, user: twice })).toHaveLength(1);
	expect(read({ prompt: "={{ $fromAI('broken') }}" })).toEqual(["$fromAI('broken')"]);
	expect(read({ prompt: "={{ $fromAI('open }}" })).toEqual([]);
	expect(read({})).toEqual([]);
});
