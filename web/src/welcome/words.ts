const zh = {
  title: '开始使用',
  hint: '从上到下逐项完成。随时可以离开，从“管理”回到这里。',
  left: (n: number) => `开始使用：还有 ${n} 步。`,
  go: '继续',
  steps: {
    account: {
      title: '您的帐号',
      says: '密码和验证器已设置后，只有您能以管理员身份登录。',
      act: '设置验证器',
    },
    centre: {
      title: '中心',
      says: '时区和中心名称来自系统配置和就诊记录。只有一个中心时无需设置；有几个中心时，给帐号选定中心，就只看到本中心的受检者。',
      act: '核对无误',
    },
    rules: {
      title: '规则包',
      says: '通过检查的规则已生效，来的每条结果都按它判定。有错误的规则文件不会生效，系统状态里写明在哪一行。',
      act: '查看系统状态',
    },
    feed: {
      title: '数据源',
      says: '给检验系统或体检系统新建一个“发送结果”的密钥，交给对方的工程师。密钥只显示一次。',
      act: '新建密钥',
    },
    devices: {
      title: '设备',
      says: '可穿戴设备和床旁设备通过网关发送，网关也用自己的密钥，发来的设备列在这里。',
      act: '查看设备',
      skip: '没有设备',
    },
    users: {
      title: '用户',
      says: '邀请同事：至少一位护士和一位值班医生。每人用链接自己设密码，谁也不知道别人的密码。',
      act: '邀请用户',
    },
    drill: {
      title: '演练',
      says: '用新密钥发送第一个文件：一位假的受检者“演练请勿拨打”白细胞 2.9，几秒内出现在通知队列。再发送第二个文件：结果更正为 5.9，通知自动撤回。',
      act: '查看最近使用',
      first: '第一个文件：结果',
      second: '第二个文件：更正',
      command: '发送的命令',
      key: '密钥',
      person: '演练请勿拨打',
    },
  },
  zone: '时区：',
  centres: '就诊记录里的中心：',
  noCentre: '还没有',
  done: '已完成',
  todo: '待完成',
  close: '收起',
  finish: '进入管理',
  allDone: '都完成了，可以接收结果。',
};

const en: typeof zh = {
  title: 'Getting started',
  hint: 'One after the other; you may leave, and come back from Administration.',
  left: (n) => `Getting started: ${n} to do.`,
  go: 'Go on',
  steps: {
    account: {
      title: 'Your account',
      says: 'With a password and one-time codes, nobody but you signs in as administrator.',
      act: 'Set up codes',
    },
    centre: {
      title: 'Centre',
      says: 'Time zone and names of centres come from the configuration and from encounters. A single centre needs nothing; where there are several, an account that names one sees the people of that centre alone.',
      act: 'It is right',
    },
    rules: {
      title: 'Rule packs',
      says: 'Rules that passed their check are in force and judge every result that comes. A file with a fault never is; Health says in which line it is.',
      act: 'Health',
    },
    feed: {
      title: 'Data sources',
      says: 'Make a key “send results” for the laboratory or checkup system and give it to its engineer. It is shown once.',
      act: 'Make a key',
    },
    devices: {
      title: 'Devices',
      says: 'Wearables and bedside devices send by a gateway, which has a key of its own; the devices it tells of are listed.',
      act: 'Devices',
      skip: 'No devices',
    },
    users: {
      title: 'Users',
      says: 'Invite colleagues: a nurse and a duty doctor at least. Each chooses a password by a link; nobody knows another’s.',
      act: 'Invite',
    },
    drill: {
      title: 'Drill',
      says: 'Send the first file with the new key: an invented person with a white-cell count of 2.9 is in the queue within seconds. Then send the second: corrected to 5.9, the call is withdrawn by itself.',
      act: 'Last used',
      first: 'First file: the result',
      second: 'Second file: the correction',
      command: 'How to send it',
      key: 'KEY',
      person: '演练请勿拨打',
    },
  },
  zone: 'Time zone:',
  centres: 'Centres that encounters name:',
  noCentre: 'none yet',
  done: 'done',
  todo: 'to do',
  close: 'Put away',
  finish: 'To administration',
  allDone: 'All is done; results can come.',
};

export const WELCOME = { zh, en };
