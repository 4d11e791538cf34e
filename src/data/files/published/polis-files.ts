/** Public Polis conversations that can be loaded by name, and where they are published. */
export const POLIS_PUBLISHED = {
  license: "CC-BY-4.0",
  citation: "Data was gathered using the Polis software (compdemocracy.org/polis)",
  url: "https://raw.githubusercontent.com/compdemocracy/openData/0bc2ce0f32c673f68da20b57bce15c457aa787b5/",
} as const;

/** The published files of each conversation: the sha256 of their bytes. */
export const POLIS_SHA256: Readonly<Record<string, string>> = {
  "polis/15-per-hour-seattle/comments.csv":
    "23306ea084fbecf5e924e78da03b13cd3ad289e5f9b533b658b8caa59f5c1981",
  "polis/15-per-hour-seattle/participants-votes.csv":
    "324e6b36a08dd1020afd9483731a5fa6311cfe8229cc0b434201489d447f720d",
  "polis/15-per-hour-seattle/summary.csv": "7d7c5cb5baf3a4e2f81e041fd53eb12eac5837abf2a9c7b98c1cb0e03a4b2921",
  "polis/15-per-hour-seattle/votes.csv": "00ab2d76426ce3bad6f304022dba22e5807dfd12d5d7ef9dfb6bf7efbfecbe10",
  "polis/bg2050-volunteers/comments.csv": "1df85d984c87cd350f76ca62218a389e865eaf90a514687980b3b249aa79a360",
  "polis/bg2050-volunteers/participants-votes.csv":
    "6248c42dc31a6579933b459b4347a2f344e3ba8fd8b0046c71d29409796b9762",
  "polis/bg2050-volunteers/summary.csv": "6e2ee82b81601d36f59b66ff8ae88ae4f4096bda805750a6f83385f4ca74b07c",
  "polis/bg2050-volunteers/votes.csv": "76a51f5cdea8832f6fd8cd88c0d9b0fcbf89b80a019432fcb67a9d187aeee1ad",
  "polis/canadian-electoral-reform/comments.csv":
    "f3fca647a6b13e218a454f06a9f8c985a0a7b63d64daf277b6f0916cf6d54a5d",
  "polis/canadian-electoral-reform/participants-votes.csv":
    "ea5fc95293685f1c28b9f649ca95a24010fc0893f436d8d4885e8f0e11e80bcb",
  "polis/canadian-electoral-reform/summary.csv":
    "75d5bf666fec281eb57a256d3179180b39e4da93d3d87b21b67afcf984d00333",
  "polis/canadian-electoral-reform/votes.csv":
    "ed648b83d058b2a174c2ed3a03636de2cd54d7e6eeb430c4d446ee94c66d7e87",
  "polis/football-concussions/comments.csv":
    "80e4e937e6a308263bdf57eb608b3f6c9c3d1a936819dd554d9d647f63ced291",
  "polis/football-concussions/participants-votes.csv":
    "45da638eabff37cd8b45c32fbb81eb02c69b273f4f0bfada7ce0c43e884df38f",
  "polis/football-concussions/summary.csv":
    "d61aaf54a79d4572e18a1e40c258366752167b1a83a8df4b762ce20dbb65b71d",
  "polis/football-concussions/votes.csv": "c20593a06c3a5322cedf3ff1e5654521484016f033445400742e8489db4df8ab",
  "polis/scoop-hivemind.affordable-housing/comments.csv":
    "f559586c28eb933d1954df35b7b449af011754393d0d835f82d4c29a40c712eb",
  "polis/scoop-hivemind.affordable-housing/participants-votes.csv":
    "6093abe7445a57ee7ada598951c14e922ca8415ca9f5c9b48e4ff68bcdce6870",
  "polis/scoop-hivemind.affordable-housing/summary.csv":
    "9ce32b1fa68ec6e42254fab46e609c07e8dd55274e31e91f03c48d6aa689b6bf",
  "polis/scoop-hivemind.affordable-housing/votes.csv":
    "9a16d6b22ed2a53ac80f56bdcb82a03ddf430dcd4e6ebeec6ece79110c21e55b",
  "polis/scoop-hivemind.biodiversity/comments.csv":
    "de84b8c9d9b4b70d4929ee0603aa242ba60f53cc456dbf03a62719f1abc16165",
  "polis/scoop-hivemind.biodiversity/participants-votes.csv":
    "58aaff458ef8dc5679e683e990c8aab3c56bcca82a7929b06b1559d4a04f29e0",
  "polis/scoop-hivemind.biodiversity/summary.csv":
    "d4200eed905ad960a254a894923fd1753e1ca61145084356697957795585f2a5",
  "polis/scoop-hivemind.biodiversity/votes.csv":
    "4798567ec583fc9a826f08dbddafdd3099e9f26e660c313a14b12c73859922d0",
  "polis/scoop-hivemind.freshwater/comments.csv":
    "508001134c37e424c074a53391ab02f807b0045ae233d63324cba8aa173bc843",
  "polis/scoop-hivemind.freshwater/participants-votes.csv":
    "00f7a9565ffc21b729495d97bce573a585b05cffb552130ea416f348d9284b00",
  "polis/scoop-hivemind.freshwater/summary.csv":
    "c1f21e14c6d37451adc064df5bef54822477cb87e85f58f133c50271b9c25aca",
  "polis/scoop-hivemind.freshwater/votes.csv":
    "f826cded421476ad23471e72d45a60bb424ed9db0fdc316253a6f7c523a77af0",
};

/** The conversations that `loadPolis` knows by name. */
export const POLIS_CONVERSATIONS: readonly string[] = [
  "15-per-hour-seattle",
  "bg2050-volunteers",
  "canadian-electoral-reform",
  "football-concussions",
  "scoop-hivemind.affordable-housing",
  "scoop-hivemind.biodiversity",
  "scoop-hivemind.freshwater",
];
