/** What happened to a task, by the act that the service wrote down. */
const zh = {
  title: '经过',
  nobody: '没有可通知的人',
  onDuty: '通知',
  acts: {
    opened: '结果到达，产生任务',
    followed: '随结果变化',
    claim: '领取',
    keep: '继续保留',
    release: '放回队列',
    snooze: '约定稍后再打',
    reassign: '转给同事',
    'hand-over': '请同事接手',
    accept: '接手',
    decline: '不接手',
    confirm: '核实结果',
    'on-site': '标记是否还在中心',
    expire: '领取到期，放回队列',
    attempt: '联系，尚未告知',
    tell: '联系到，已告知',
    told: '已告知，任务完成',
    decided: '医生已处理',
    retracted: '结果撤回，任务取消',
    silenced: '医生停叫，任务取消',
    escalated: '到时未告知，逐级上报',
    routed: '按去向发消息',
    heard: '同事回复已收到',
    answered: '回复已看到，尚未告知',
  },
  who: {
    nurse: '护士',
    'head-nurse': '护士长',
    'duty-doctor': '值班医生',
    'attending-doctor': '主管医生',
    manager: '主任',
    person: '本人',
    guardian: '监护人',
    family: '家属',
    clock: '系统到时',
    results: '检查结果',
    webhook: '医院系统',
    key: '外部系统',
    user: '已删除的帐号',
  },
};

const en: typeof zh = {
  title: 'History',
  nobody: 'nobody could be told',
  onDuty: 'told',
  acts: {
    opened: 'a result came: opened',
    followed: 'followed its results',
    claim: 'claimed',
    keep: 'kept on',
    release: 'given back',
    snooze: 'put off to a time that was promised',
    reassign: 'given to a colleague',
    'hand-over': 'offered to a colleague',
    accept: 'taken over',
    decline: 'not taken over',
    confirm: 'the result was checked',
    'on-site': 'marked whether still at the centre',
    expire: 'the claim was over: given back',
    attempt: 'contact, not told yet',
    tell: 'reached and told',
    told: 'told: completed',
    decided: 'decided by a doctor',
    retracted: 'the result was withdrawn: cancelled',
    silenced: 'silenced by a doctor: cancelled',
    escalated: 'not told in time: the next was asked',
    routed: 'message by its route',
    heard: 'a colleague answered that they know',
    answered: 'they answered that they have read it; not told yet',
  },
  who: {
    nurse: 'nurse',
    'head-nurse': 'head nurse',
    'duty-doctor': 'duty doctor',
    'attending-doctor': 'attending doctor',
    manager: 'manager',
    person: 'the person',
    guardian: 'guardian',
    family: 'family',
    clock: 'clock',
    results: 'results',
    webhook: 'hospital system',
    key: 'another system',
    user: 'an account that is gone',
  },
};

export const HISTORY = { zh, en };

/** Whoever did a step: by name, or what they are. */
export function whoDid(
  { actor, actorName }: { actor: string; actorName: string | null },
  { who }: typeof zh,
): string {
  const [kind = ''] = actor.split(':');
  return actorName ?? inWords(kind, who);
}

export function inWords(of: string, who: (typeof zh)['who']): string {
  return of in who ? who[of as keyof typeof who] : of;
}
