/** Terms of a PREVENT base model. `an` is age times n, and so on; 0 where an outcome does not have the term. */
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
