import { readConfig } from '../../src/config';
import { estimate, POLICY, USUAL_WEIGHTS, useWeights } from '../../src/features/skills/estimate';
import { decideWeights } from '../../src/features/skills/weights.service';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';
import { runJobs } from '../support/jobs';

afterEach(() => useWeights({}));

const settings = (SKILL_WEIGHTS: string) => readConfig({ SKILL_WEIGHTS }).SKILL_WEIGHTS;

describe('the weights of evidence', () => {
  it('are read from one setting, and refused in one line that says how', () => {
    expect(settings('demonstration=3, quiz=0.5')).toEqual({ demonstration: 3, quiz: 0.5 });
    expect(settings('')).toEqual({});
    for (const wrong of ['demonstration', 'boss=3', 'quiz=0', 'quiz=-1', 'quiz=ten', 'quiz=11', 'quiz=1=2']) {
      expect(() => settings(wrong)).toThrow(/SKILL_WEIGHTS: pairs such as/);
    }
  });

  it('change what points say, by a job, once; and everyone can read since when', async () => {
    await theFramework();
    const person = await aPerson({ language: 'en' });
    for (const [source, level] of [
      ['quiz', 2],
      ['demonstration', 5],
    ] as const)
      await inScope(person, () =>
        anObservation(person, { source, level, observed_at: new Date(Date.now() - 1000) } as never),
      );
    const level = async () => (await asOwner(() => db().table('skill_estimates').first('level')))?.level;
    expect(await level()).toBeCloseTo(4, 2);
    expect((await as(person).get('/skills/why')).text).toContain('The weights are the usual ones');

    await decideWeights({ demonstration: 5 });
    await decideWeights({ demonstration: 5 });
    expect(await runJobs()).toHaveLength((await asOwner(() => db().table('organisations'))).length);
    expect(await level()).toBeCloseTo(4.5, 2);
    expect((await as(person).get('/skills/why')).text).toContain('The partners decided the weights on');
    await decideWeights({ demonstration: 5 });
    expect(await runJobs()).toEqual([]);
  });

  it('are the usual ones again when the setting is gone', () => {
    useWeights({ self: 3 });
    expect(estimate([{ source: 'self', level: 2, at: new Date() }], new Date()).level).toBe(2);
    useWeights({});
    expect(POLICY.baseWeight).toEqual(USUAL_WEIGHTS);
  });
});
