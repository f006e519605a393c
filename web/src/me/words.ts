const zh = {
  title: '我的帐号',
  password: {
    title: '修改密码',
    present: '现在的密码',
    next: '新密码',
    again: '再输一次',
    save: '修改密码',
    done: '密码已修改，其他地方已退出登录。',
    wrong: '现在的密码不正确。',
    blocked: '尝试次数过多，请稍后再试。',
  },
  codes: {
    title: '两步登录',
    on: '已启用。换手机或丢失验证器，请联系管理员。',
    off: '未启用。启用后，登录时还要输入手机上的验证码。',
    begin: '启用',
  },
  sessions: {
    title: '登录状态',
    columns: { since: '登录时间', seen: '最近使用', until: '最迟到期' },
    here: '这里',
    end: '结束',
    endOthers: '结束其他登录',
    none: '没有其他登录。',
  },
  page: {
    title: '页面',
    language: '语言',
    sound: '新的 A 类任务响提示音',
    try: '试听',
    letters: '字母快捷键（J K C D …）',
  },
};

const en: typeof zh = {
  title: 'My account',
  password: {
    title: 'Change the password',
    present: 'Present password',
    next: 'New password',
    again: 'Once more',
    save: 'Change the password',
    done: 'The password is changed; everywhere else you are signed out.',
    wrong: 'The present password is wrong.',
    blocked: 'Too many attempts; try again later.',
  },
  codes: {
    title: 'One-time codes',
    on: 'Set up. With a new telephone, or a lost one, ask an administrator.',
    off: 'Not set up. With them, signing in asks for a code from your telephone too.',
    begin: 'Set up',
  },
  sessions: {
    title: 'Where you are signed in',
    columns: { since: 'Since', seen: 'Last used', until: 'Ends at the latest' },
    here: 'here',
    end: 'End',
    endOthers: 'End all others',
    none: 'Nowhere else.',
  },
  page: {
    title: 'This page',
    language: 'Language',
    sound: 'A tone for a new class A',
    try: 'Try it',
    letters: 'Letters as keys (J K C D …)',
  },
};

export const ME = { zh, en };
