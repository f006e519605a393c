import { type Urgency } from './urgency.js';

/** Who is asked in turn, from the first to the last: nurse, head nurse, duty doctor, manager. */
export const LADDER_ROLES = ['nurse', 'head-nurse', 'duty-doctor', 'manager'] as const;
export type LadderRole = (typeof LADDER_ROLES)[number];

/** Where the person was when the result was made: decides whom it is told to first. */
export const CARE_SETTINGS = ['inpatient', 'outpatient', 'checkup', 'home'] as const;
export type CareSetting = (typeof CARE_SETTINGS)[number];

/** Whom a route may lead to. */
export const ROUTE_TARGETS = ['person', 'guardian', 'family', 'attending-doctor', 'duty-doctor'] as const;

/**
 * One way of a route: who is told, and by what. A message to a person, a guardian or a relative asks them to ring, and
 * tells nothing; family are the named relatives whom a consent of the person covers, with its scope and its end.
 */
export interface RouteStep {
  to: (typeof ROUTE_TARGETS)[number];
  by: 'phone' | 'message';
}

/** From when on a role is asked as well, in minutes since the finding's clock began. */
export interface LadderStep {
  role: LadderRole;
  after_minutes: number;
}

/** When a role's people are on duty; all week and all day where it says nothing. Hours may pass midnight. */
export interface RotaEntry {
  /** Account name of a member of staff; no phone numbers here. */
  user: string;
  days?: number[];
  from?: string;
  to?: string;
}

export interface QuietHours {
  from: string;
  to: string;
}

/** A graver finding covers its milder forms: they stay, but are not spoken of apart. */
export interface Inhibition {
  finding: string;
  covers: string[];
}

/** What a doctor may silence for one person, and for how long at most: nothing is silenced for everybody. */
export interface MaySilence {
  rules: string[];
  reason: string;
  longest_days: number;
}

/** 科室: a department that reports by hand what comes as no readable text. */
export interface ReportingDepartment {
  /** Names its findings: `manual/ultrasound`. */
  id: string;
  name: { zh: string; en: string };
}

/** From when on what does not go on by itself is an alarm. */
export interface Watching {
  /** What is due and has not been done for so many minutes is stuck. */
  stuck_minutes: number;
  /** A feed that sends nothing for so many minutes of working hours has gone quiet. */
  feed_quiet_minutes: number;
  /** The same for single feeds, by the name of their key. */
  feeds: Record<string, number>;
}

/** How a call is worked, from the claim to the known outcome: the part of the policy beside its due times. */
export interface Calling {
  /** From the finding's clock to somebody taking the task, in minutes. */
  claim_within_minutes: Record<Urgency, number>;
  /** A claim that nobody renews ends after so many minutes, and the task is free again. */
  lease_minutes: number;
  attempts: Record<Urgency, { at_least: number; every_minutes: number }>;
  /** When nobody is phoned. Class A has none. */
  quiet_hours: Partial<Record<Exclude<Urgency, 'A'>, QuietHours>>;
  /** From the telling: when to ask what became of it, in days; the last is the limit to close. */
  follow_up_days: Record<Urgency, number[]>;
  routes: Record<CareSetting, RouteStep[]>;
  ladder: Record<Urgency, LadderStep[]>;
  rota: Partial<Record<LadderRole, RotaEntry[]>>;
  inhibit: Inhibition[];
  may_silence: MaySilence[];
  departments: ReportingDepartment[];
  watch: Watching;
  /** When the manager is told how the last 24 hours went, in the centre's time. */
  summary: { at: string };
}

const phoneThePerson: RouteStep[] = [{ to: 'person', by: 'phone' }];

/**
 * What holds where a policy says nothing: the shipped file spells the same out, with its sources. Kept versions of
 * before, which had no such sections, are read by these.
 */
export const CALLING_DEFAULTS: Calling = {
  claim_within_minutes: { A: 15, important: 60, B: 1440, C: 4320 },
  lease_minutes: 30,
  attempts: {
    A: { at_least: 3, every_minutes: 15 },
    important: { at_least: 3, every_minutes: 60 },
    B: { at_least: 3, every_minutes: 1440 },
    C: { at_least: 3, every_minutes: 4320 },
  },
  quiet_hours: {
    important: { from: '22:00', to: '07:00' },
    B: { from: '21:00', to: '08:00' },
    C: { from: '21:00', to: '08:00' },
  },
  follow_up_days: { A: [1, 7], important: [30, 90], B: [30, 90], C: [90] },
  routes: {
    inpatient: [
      { to: 'attending-doctor', by: 'message' },
      { to: 'duty-doctor', by: 'message' },
    ],
    outpatient: phoneThePerson,
    checkup: phoneThePerson,
    home: phoneThePerson,
  },
  ladder: {
    A: [
      { role: 'nurse', after_minutes: 0 },
      { role: 'head-nurse', after_minutes: 15 },
      { role: 'duty-doctor', after_minutes: 45 },
      { role: 'manager', after_minutes: 90 },
    ],
    important: [
      { role: 'nurse', after_minutes: 0 },
      { role: 'head-nurse', after_minutes: 120 },
      { role: 'duty-doctor', after_minutes: 300 },
    ],
    B: [
      { role: 'nurse', after_minutes: 0 },
      { role: 'head-nurse', after_minutes: 4320 },
      { role: 'duty-doctor', after_minutes: 8640 },
    ],
    C: [
      { role: 'nurse', after_minutes: 0 },
      { role: 'head-nurse', after_minutes: 20160 },
    ],
  },
  rota: {},
  inhibit: [],
  may_silence: [],
  departments: [
    { id: 'ultrasound', name: { zh: '超声科', en: 'Ultrasound' } },
    { id: 'endoscopy', name: { zh: '内镜室', en: 'Endoscopy' } },
    { id: 'physical-examination', name: { zh: '一般体格检查', en: 'Physical examination' } },
    { id: 'internal', name: { zh: '内科', en: 'Internal medicine' } },
    { id: 'surgery', name: { zh: '外科', en: 'Surgery' } },
    { id: 'gynaecology', name: { zh: '妇科', en: 'Gynaecology' } },
    { id: 'ophthalmology', name: { zh: '眼科', en: 'Ophthalmology' } },
    { id: 'ent', name: { zh: '耳鼻喉科', en: 'Ear, nose and throat' } },
    { id: 'dental', name: { zh: '口腔科', en: 'Dental' } },
    { id: 'radiology', name: { zh: '放射科', en: 'Radiology' } },
    { id: 'ecg', name: { zh: '心电图室', en: 'ECG' } },
    { id: 'pathology', name: { zh: '病理科', en: 'Pathology' } },
    { id: 'laboratory', name: { zh: '检验科', en: 'Laboratory' } },
    { id: 'other', name: { zh: '其他科室', en: 'Another department' } },
  ],
  watch: { stuck_minutes: 5, feed_quiet_minutes: 120, feeds: {} },
  summary: { at: '18:00' },
};
