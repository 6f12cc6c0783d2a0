import { createAdditionalData } from './additionalData.mts';
import { createWorkflow, type EngineParts } from './runWorkflow.mts';
import { inScope } from './scope.mts';
import { saveStaticData, startFromTrigger } from './triggers.mts';
import type { ActivePolling, RunningExecution, WorkflowJson } from './types.mts';

/**
 * Activates a workflow as n8n does: `active-workflows.js` of n8n-core 1.x, `active-workflow-triggers.js` of 2.x, with
 * the contexts of `active-workflow-manager.js`. The workflow object and its static data exist while the workflow is
 * active. Static data is saved after the activation and when a poll starts an execution, and at no other time.
 */
export async function activate(
	parts: EngineParts,
	workflowJson: WorkflowJson,
): Promise<ActivePolling & { first?: RunningExecution }> {
	const { core, scope, nodeTypes, credentials } = parts;
	const workflow = createWorkflow(core, workflowJson, nodeTypes);
	const [node] = workflow.getPollNodes();
	if (!node) throw new Error('The workflow has no trigger that polls');
	const { poll } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const additionalData = createAdditionalData(credentials);
	const context = new core.n8nCore.PollContext(
		workflow,
		node,
		additionalData,
		'trigger',
		'activate',
	);
	// n8n reads this parameter at the activation, and fails without it.
	context.getNodeParameter('pollTimes');

	const save = () => saveStaticData(workflow, workflowJson);
	const tick = async () => {
		const output = await inScope(scope, async () => await poll!.call(context));
		if (!output) return undefined;
		save();
		return startFromTrigger(parts, workflowJson, 'trigger', node.name, output);
	};
	const first = await tick();
	save();
	return { first, poll: tick };
}
