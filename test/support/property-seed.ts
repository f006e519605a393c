import fc from 'fast-check';

/** The same random cases every time, so that a red run is the change's fault; PROPERTY_SEED explores others. */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_122) });
