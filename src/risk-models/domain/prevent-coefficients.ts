import { type Sex } from './model.js';

/**
 * Coefficients of the PREVENT base models over ten years, on the logit: domain notes 06 §2, found R3; those of coronary
 * disease and stroke from the table of the paper's supplement in bcjaeger/PooledCohort (data-raw/coefs_prevent.xlsx), whose
 * other columns are those of R3 digit by digit. `an` is age times n, and so on; 0 where an outcome does not have the term.
 */
export interface PreventTerms {
  /** Age: (age − 55) / 10. */
  a: number;
  /** Non-HDL cholesterol: TC − HDL − 3.5 (mmol/L). */
  n: number;
  /** HDL: (HDL − 1.3) / 0.3. */
  h: number;
  /** Systolic pressure below 110. */
  s1: number;
  /** Systolic pressure above 110. */
  s2: number;
  diabetes: number;
  smoker: number;
  /** Body mass index below 30. */
  b1: number;
  /** Body mass index above 30. */
  b2: number;
  /** Of eGFR below 60. */
  g1: number;
  /** Of eGFR above 60. */
  g2: number;
  treated: number;
  statin: number;
  treatedS2: number;
  statinN: number;
  an: number;
  ah: number;
  as2: number;
  aDiabetes: number;
  aSmoker: number;
  ab2: number;
  ag1: number;
  constant: number;
}

export const PREVENT_OUTCOMES = ['cvd', 'ascvd', 'hf', 'chd', 'stroke'] as const;
export type PreventOutcome = (typeof PREVENT_OUTCOMES)[number];

export const PREVENT: Readonly<Record<PreventOutcome, Readonly<Record<Sex, PreventTerms>>>> = {
  cvd: {
    female: {
      a: 0.7939329,
      n: 0.0305239,
      h: -0.1606857,
      s1: -0.2394003,
      s2: 0.3600781,
      diabetes: 0.8667604,
      smoker: 0.5360739,
      b1: 0,
      b2: 0,
      g1: 0.6045917,
      g2: 0.0433769,
      treated: 0.3151672,
      statin: -0.1477655,
      treatedS2: -0.0663612,
      statinN: 0.1197879,
      an: -0.0819715,
      ah: 0.0306769,
      as2: -0.0946348,
      aDiabetes: -0.27057,
      aSmoker: -0.078715,
      ab2: 0,
      ag1: -0.1637806,
      constant: -3.307728,
    },
    male: {
      a: 0.7688528,
      n: 0.0736174,
      h: -0.0954431,
      s1: -0.4347345,
      s2: 0.3362658,
      diabetes: 0.7692857,
      smoker: 0.4386871,
      b1: 0,
      b2: 0,
      g1: 0.5378979,
      g2: 0.0164827,
      treated: 0.288879,
      statin: -0.1337349,
      treatedS2: -0.0475924,
      statinN: 0.150273,
      an: -0.0517874,
      ah: 0.0191169,
      as2: -0.1049477,
      aDiabetes: -0.2251948,
      aSmoker: -0.0895067,
      ab2: 0,
      ag1: -0.1543702,
      constant: -3.031168,
    },
  },
  ascvd: {
    female: {
      a: 0.719883,
      n: 0.1176967,
      h: -0.151185,
      s1: -0.0835358,
      s2: 0.3592852,
      diabetes: 0.8348585,
      smoker: 0.4831078,
      b1: 0,
      b2: 0,
      g1: 0.4864619,
      g2: 0.0397779,
      treated: 0.2265309,
      statin: -0.0592374,
      treatedS2: -0.0395762,
      statinN: 0.0844423,
      an: -0.0567839,
      ah: 0.0325692,
      as2: -0.1035985,
      aDiabetes: -0.2417542,
      aSmoker: -0.0791142,
      ab2: 0,
      ag1: -0.1671492,
      constant: -3.819975,
    },
    male: {
      a: 0.7099847,
      n: 0.1658663,
      h: -0.1144285,
      s1: -0.2837212,
      s2: 0.3239977,
      diabetes: 0.7189597,
      smoker: 0.3956973,
      b1: 0,
      b2: 0,
      g1: 0.3690075,
      g2: 0.0203619,
      treated: 0.2036522,
      statin: -0.0865581,
      treatedS2: -0.0322916,
      statinN: 0.114563,
      an: -0.0300005,
      ah: 0.0232747,
      as2: -0.0927024,
      aDiabetes: -0.2018525,
      aSmoker: -0.0970527,
      ab2: 0,
      ag1: -0.1217081,
      constant: -3.500655,
    },
  },
  hf: {
    female: {
      a: 0.8998235,
      n: 0,
      h: 0,
      s1: -0.4559771,
      s2: 0.3576505,
      diabetes: 1.038346,
      smoker: 0.583916,
      b1: -0.0072294,
      b2: 0.2997706,
      g1: 0.7451638,
      g2: 0.0557087,
      treated: 0.3534442,
      statin: 0,
      treatedS2: -0.0981511,
      statinN: 0,
      an: 0,
      ah: 0,
      as2: -0.0946663,
      aDiabetes: -0.3581041,
      aSmoker: -0.1159453,
      ab2: -0.003878,
      ag1: -0.1884289,
      constant: -4.310409,
    },
    male: {
      a: 0.8972642,
      n: 0,
      h: 0,
      s1: -0.6811466,
      s2: 0.3634461,
      diabetes: 0.923776,
      smoker: 0.5023736,
      b1: -0.0485841,
      b2: 0.3726929,
      g1: 0.6926917,
      g2: 0.0251827,
      treated: 0.2980922,
      statin: 0,
      treatedS2: -0.0497731,
      statinN: 0,
      an: 0,
      ah: 0,
      as2: -0.1289201,
      aDiabetes: -0.3040924,
      aSmoker: -0.1401688,
      ab2: 0.0068126,
      ag1: -0.1797778,
      constant: -3.946391,
    },
  },
  chd: {
    female: {
      a: 0.7587146,
      n: 0.1810949,
      h: -0.2014507,
      s1: -0.0881827,
      s2: 0.3547731,
      diabetes: 0.9045358,
      smoker: 0.5410917,
      b1: 0,
      b2: 0,
      g1: 0.5198725,
      g2: 0.0325935,
      treated: 0.2010642,
      statin: -0.036195,
      treatedS2: -0.0891238,
      statinN: 0.0750716,
      an: -0.0683256,
      ah: 0.0484755,
      as2: -0.0898086,
      aDiabetes: -0.2569041,
      aSmoker: -0.0786607,
      ab2: 0,
      ag1: -0.1597513,
      constant: -4.608751,
    },
    male: {
      a: 0.7423283,
      n: 0.2572109,
      h: -0.1820374,
      s1: -0.3174515,
      s2: 0.312778,
      diabetes: 0.7485249,
      smoker: 0.3912047,
      b1: 0,
      b2: 0,
      g1: 0.376487,
      g2: 0.0193687,
      treated: 0.1588199,
      statin: -0.0494555,
      treatedS2: -0.0577851,
      statinN: 0.0809765,
      an: -0.0517872,
      ah: 0.0489033,
      as2: -0.0850404,
      aDiabetes: -0.2107552,
      aSmoker: -0.1206397,
      ab2: 0,
      ag1: -0.07795,
      constant: -4.156753,
    },
  },
  stroke: {
    female: {
      a: 0.6907849,
      n: 0.0534279,
      h: -0.1055109,
      s1: -0.113078,
      s2: 0.3665217,
      diabetes: 0.8013721,
      smoker: 0.4187039,
      b1: 0,
      b2: 0,
      g1: 0.4539767,
      g2: 0.0515087,
      treated: 0.2494624,
      statin: -0.0798829,
      treatedS2: -0.0079039,
      statinN: 0.0833101,
      an: -0.0409242,
      ah: 0.016994,
      as2: -0.1191213,
      aDiabetes: -0.2480549,
      aSmoker: -0.0998063,
      ab2: 0,
      ag1: -0.1759075,
      constant: -4.409199,
    },
    male: {
      a: 0.722513,
      n: 0.0263348,
      h: -0.0248959,
      s1: -0.268104,
      s2: 0.3474634,
      diabetes: 0.684699,
      smoker: 0.3874844,
      b1: 0,
      b2: 0,
      g1: 0.3877827,
      g2: 0.0201965,
      treated: 0.232963,
      statin: -0.1178935,
      treatedS2: 0.0120926,
      statinN: 0.155739,
      an: 0.0141928,
      ah: -0.0111745,
      as2: -0.1155391,
      aDiabetes: -0.2123743,
      aSmoker: -0.0824133,
      ab2: 0,
      ag1: -0.180789,
      constant: -4.20881,
    },
  },
};
