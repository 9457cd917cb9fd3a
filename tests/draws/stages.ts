/** A house brought to a stage of its draw. */
import type { OpenedDatabase } from '../fixtures/databases.ts';
import { deadline, type House, must, openHouse, units } from './house.ts';

/** Ways to a house whose rule stands, whose list is frozen with the seals of some units, or whose head is locked with every nonce. */
export function stagesOn(open: () => Promise<OpenedDatabase>) {
  const begun = async (): Promise<House> => {
    const house = await openHouse(await open());
    await must(house.setRule());
    return house;
  };
  const frozen = async (sealed: readonly string[] = units): Promise<House> => {
    const house = await begun();
    for (const unit of sealed) await house.seal(unit);
    house.at(deadline + 60);
    await must(house.freeze());
    return house;
  };
  const locked = async (): Promise<House> => {
    const house = await frozen();
    for (const unit of units) await must(house.reveal(unit));
    await must(house.lock());
    return house;
  };
  return { begun, frozen, locked };
}
