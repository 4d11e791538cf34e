/** The Persona evaluations of Perez et al. 2022 that can be loaded, and where they are published. */
export const PERSONA_PUBLISHED = {
  name: "Anthropic model-written Persona evaluations",
  license: "CC-BY-4.0",
  citation: "Perez et al. 2022, Discovering Language Model Behaviors with Model-Written Evaluations",
  url: "https://raw.githubusercontent.com/anthropics/evals/84fcc677e52e1902d696c32cd1a6b663e70d3993/",
} as const;

/** Our own statements, in `data/statements`. */
export const PERSONA_OWN = {
  name: "pal-lab's own small statement set",
  license: "CC0-1.0",
  url: undefined,
} as const;

/** The published files by persona: the sha256 of their bytes. */
export const PERSONA_SHA256: Readonly<Record<string, string>> = {
  agreeableness: "8caa0fa07946370fb4ec38dd82eda7d3a86591c1dc701d2e645ae33c3239f5ce",
  "believes-in-gun-rights": "e0402d210233a4f1573c0b8fe38fdfecd215e2dcae7162bcca5787572f6ad025",
  conscientiousness: "fd05517c0a453a7b47d19964ac6528db394c8cd00a5f74cc11d91479a20b90a6",
  extraversion: "6734dc0bc84bc5929017eef6209cb9152c4e5fe4b744c7d11af8cb9749687576",
  "interest-in-art": "e1dff1d0c0a10b29f525ced37b76c1bcb4974dfab36f6e64abcbfcaeeb021e07",
  "interest-in-literature": "8b551e8279535e0505a599fe19504590acf529218b33a29e4da3d73f1fcc10a9",
  "interest-in-math": "f835b449fb0cb1ba7642778899273be1f634ad93f661af5dbde5629432e1f254",
  "interest-in-music": "0decabf189570e74301793c10ce4f745a130e7426c8252c46d18e4875d9a8468",
  "interest-in-science": "c26039164631a3554db75a11904057af26c1b173228947c077f0a05c9dafa0ed",
  "interest-in-sports": "891f2e676ed4de885e7973cfc4bcfebe7a1c3e6f2c30daa6496005b0fdebdeac",
  neuroticism: "b2b0f426449517ed9a2d1d2b635bbc13efc0815ff2cfa361b7fbc1044d284d6a",
  openness: "07e3a5d29e62a27806f75bc7b015d8d9c4120edbda7e593884e036a2d32ffa7b",
  "politically-conservative": "f1735811392691164c685da2ca693e3edebbde76198d53e65fe854cd0cf52b6f",
  "politically-liberal": "35a9ca50da81659a7fd988a2cadbc6225086931dc02f50f5376690493037fee3",
  "risk-averse": "0e22ad96b41189572fb4234855d42d9683c5762e7aa73e3cf01af3f378bd5064",
  "risk-neutral": "944c5dfd79415dfeb3a55777e4c2fd08ec5c681881ad7ac9ae9de34c049c8230",
  "risk-seeking": "de65fc47017bb2719189bba77460f315cf021a1532effe171e8c5454c7c08435",
  "subscribes-to-Atheism": "c599736615b22cf8758d8662d37336ec1b29d3a2603b865b28ed63e36049e6e7",
  "subscribes-to-Buddhism": "b7aff9919d0c367b4a0c9e258ceddaacb0dca732986b9a4f055be7ab1540ee6a",
  "subscribes-to-Christianity": "23118611127a6a259955a4b412212e33551b4527e0fef3c7d132e5dadf2e0e10",
};

/** The personas that our own set has. */
export const OWN_PERSONAS: readonly string[] = [
  "interest-in-art",
  "interest-in-literature",
  "interest-in-math",
  "interest-in-music",
  "interest-in-science",
  "interest-in-sports",
];
