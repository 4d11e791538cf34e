/** Answers a user, from the smallest. */
export const ANSWERS: readonly number[] = [1, 2, 4, 8];
/** Weights of the divergence. */
export const KL_WEIGHTS: readonly number[] = [0, 0.1, 0.3, 1, 3];
/** Of the runs of each cell. */
export const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
/** Users who train, new users who are judged, and answers of each new user that are predicted. */
export const USERS = 1500;
export const NEW_USERS = 1000;
export const HELD = 8;

/** What the committed record of lesson 10 holds of one cell: a run a seed. */
export interface RecordedCell {
  readonly answers: number;
  readonly klWeight: number;
  /** Accuracy for new users, 0-1, of each seed. */
  readonly accuracies: readonly number[];
  /** Coordinates of z in use, of each seed. */
  readonly activeUnits: readonly number[];
  /** Mean accuracy of the best who does not know the user, and of the best who reads these answers. */
  readonly blind: number;
  readonly bayes: number;
}

/** `figures/vpl-collapse.record.json`, which `recorded.test.ts` reads again. */
export const CELLS: readonly RecordedCell[] = [
  {
    answers: 1,
    klWeight: 0,
    accuracies: [0.772, 0.77175, 0.76575, 0.7765, 0.772625],
    activeUnits: [2, 2, 2, 2, 2],
    blind: 0.6801,
    bayes: 0.7815,
  },
  {
    answers: 1,
    klWeight: 0.1,
    accuracies: [0.7635, 0.757625, 0.7535, 0.768125, 0.759125],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6801,
    bayes: 0.7815,
  },
  {
    answers: 1,
    klWeight: 0.3,
    accuracies: [0.68, 0.669375, 0.676, 0.67925, 0.6755],
    activeUnits: [0, 0, 0, 0, 0],
    blind: 0.6801,
    bayes: 0.7815,
  },
  {
    answers: 1,
    klWeight: 1,
    accuracies: [0.6785, 0.6705, 0.6745, 0.67975, 0.67775],
    activeUnits: [0, 0, 0, 0, 0],
    blind: 0.6801,
    bayes: 0.7815,
  },
  {
    answers: 1,
    klWeight: 3,
    accuracies: [0.680625, 0.669875, 0.675, 0.679125, 0.6775],
    activeUnits: [0, 0, 0, 0, 0],
    blind: 0.6801,
    bayes: 0.7815,
  },
  {
    answers: 2,
    klWeight: 0,
    accuracies: [0.809125, 0.811625, 0.79725, 0.802, 0.806875],
    activeUnits: [2, 2, 2, 2, 2],
    blind: 0.6805,
    bayes: 0.8208,
  },
  {
    answers: 2,
    klWeight: 0.1,
    accuracies: [0.80675, 0.80675, 0.795875, 0.80125, 0.806625],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6805,
    bayes: 0.8208,
  },
  {
    answers: 2,
    klWeight: 0.3,
    accuracies: [0.79575, 0.785875, 0.780375, 0.790375, 0.79275],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6805,
    bayes: 0.8208,
  },
  {
    answers: 2,
    klWeight: 1,
    accuracies: [0.68025, 0.6745, 0.6715, 0.676625, 0.67525],
    activeUnits: [0, 0, 0, 0, 0],
    blind: 0.6805,
    bayes: 0.8208,
  },
  {
    answers: 2,
    klWeight: 3,
    accuracies: [0.681125, 0.67475, 0.670625, 0.676625, 0.67475],
    activeUnits: [0, 0, 0, 0, 0],
    blind: 0.6805,
    bayes: 0.8208,
  },
  {
    answers: 4,
    klWeight: 0,
    accuracies: [0.845625, 0.842, 0.839, 0.839625, 0.84],
    activeUnits: [2, 2, 2, 2, 2],
    blind: 0.6795,
    bayes: 0.8606,
  },
  {
    answers: 4,
    klWeight: 0.1,
    accuracies: [0.8445, 0.84075, 0.838, 0.83625, 0.839875],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6795,
    bayes: 0.8606,
  },
  {
    answers: 4,
    klWeight: 0.3,
    accuracies: [0.8405, 0.836125, 0.834375, 0.832875, 0.834875],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6795,
    bayes: 0.8606,
  },
  {
    answers: 4,
    klWeight: 1,
    accuracies: [0.795125, 0.7845, 0.78725, 0.806875, 0.789625],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6795,
    bayes: 0.8606,
  },
  {
    answers: 4,
    klWeight: 3,
    accuracies: [0.67525, 0.67575, 0.668875, 0.673125, 0.673375],
    activeUnits: [0, 0, 0, 0, 0],
    blind: 0.6795,
    bayes: 0.8606,
  },
  {
    answers: 8,
    klWeight: 0,
    accuracies: [0.87075, 0.87725, 0.878875, 0.87175, 0.86825],
    activeUnits: [2, 2, 2, 2, 2],
    blind: 0.6777,
    bayes: 0.8864,
  },
  {
    answers: 8,
    klWeight: 0.1,
    accuracies: [0.86925, 0.870125, 0.872625, 0.864875, 0.8665],
    activeUnits: [1, 1, 1, 2, 1],
    blind: 0.6777,
    bayes: 0.8864,
  },
  {
    answers: 8,
    klWeight: 0.3,
    accuracies: [0.86625, 0.864875, 0.867625, 0.860625, 0.862125],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6777,
    bayes: 0.8864,
  },
  {
    answers: 8,
    klWeight: 1,
    accuracies: [0.856375, 0.853875, 0.857, 0.849375, 0.85175],
    activeUnits: [1, 1, 1, 1, 1],
    blind: 0.6777,
    bayes: 0.8864,
  },
  {
    answers: 8,
    klWeight: 3,
    accuracies: [0.688625, 0.678875, 0.672375, 0.670625, 0.67025],
    activeUnits: [1, 0, 0, 0, 0],
    blind: 0.6777,
    bayes: 0.8864,
  },
];

/** The cell of so many answers and this weight. */
export function recordedCell(answers: number, klWeight: number): RecordedCell {
  const cell = CELLS.find((each) => each.answers === answers && each.klWeight === klWeight);
  if (cell === undefined)
    throw new Error(`the record has no cell of ${answers} answers and weight ${klWeight}`);
  return cell;
}
