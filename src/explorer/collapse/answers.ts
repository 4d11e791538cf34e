import { didactic, usersOf } from "../../data/worlds/index.js";
import {
  accuracyUnder,
  dealt,
  fitLatent,
  LATENT_MODEL_DEFAULTS,
  statesOf,
} from "../../evaluate/latent/index.js";
import { activeUnits } from "../../train/index.js";
import type { Answers } from "../worker/answers.js";
import type { CollapseCalls } from "./calls.js";
import { HELD, NEW_USERS, USERS } from "./recorded.js";

/** Answers to what "collapse" asks: what lesson 10 does for one cell and one seed, with the same bits. */
export const collapseAnswers: Answers<keyof CollapseCalls> = {
  async "collapse/cell"({ answers, klWeight, seed }, { engine, progress }) {
    const config = { ...LATENT_MODEL_DEFAULTS, answers, klWeight };
    progress("asking simulated people");
    const everybody = didactic({
      ...{ users: USERS + NEW_USERS, seed },
      comparisonsPerUser: Math.max(2 * answers, answers + HELD),
    });
    const fitted = await fitLatent(config, everybody, USERS, {
      ...{ engine, seed },
      onEpoch: ({ epoch }) => progress(`pass ${epoch} of ${config.epochs}`),
    });
    const { given, held } = dealt(usersOf(everybody, USERS, USERS + NEW_USERS), {
      count: answers,
      held: HELD,
    });
    const states = statesOf(fitted, given);
    return {
      ...{ answers, klWeight, seed },
      activeUnits: activeUnits(fitted, states).count,
      accuracy: accuracyUnder(fitted, states, held),
    };
  },
};
