// What stands in the way of people who see, hear or move otherwise, as axe finds it.
import AxeBuilder from '@axe-core/playwright';

/** The serious faults on a page, each with its place. */
export async function faultsOn(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary.split('\n')[1]?.trim()}`));
}
