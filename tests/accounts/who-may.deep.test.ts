import { test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { checkDoors, checkHidden, checkLists } from './check-who-may.ts';

eachDatabase((name, open) => {
  test(`on ${name} the table of who may what holds at every door`, async () => checkDoors(await open()));
  test(`on ${name} it hides what is there`, async () => checkHidden(await open()));
  test(`on ${name} it keeps it out of the lists`, async () => checkLists(await open()));
});
