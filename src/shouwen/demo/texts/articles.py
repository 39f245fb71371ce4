"""The demonstration company's knowledge: what its customers ask, and what its staff must know. All invented."""
# ruff: noqa: E501 - a paragraph is one line, as its writer would type it

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """`about` is the subject of the plot it answers; `days` until it is looked at again, negative: overdue."""

    title: str
    category: str
    body: str
    keywords: str = ""
    owner: str = "jiang"
    public: bool = True
    language: str = "zh-hans"
    days: int = 120
    about: str = ""
    translates: str = ""
    votes: tuple[int, int] = (0, 0)
    views: int = 0
    missing: str = ""
    live: bool = True


ARTICLES = (
    Written("整机保修多长时间", "保修与费用", """整机保修 **两年或四千工作小时**，以先到者为准，从交机验收单上的日期算起。

## 哪些在保修内
- 发动机、液压泵、回转和行走马达
- 动臂、斗杆等结构件的焊缝开裂（非超载、非碰撞）
- 电控系统和线束

## 哪些不在保修内
- 斗齿、滤芯、皮带、履带板等易损件
- 超载、碰撞、未按周期保养造成的损坏

报修时请准备好机号（驾驶室右侧铭牌）和当前工作小时，我们能更快判断是否在保修内。""", "三包 质保 保修期 过保", votes=(41, 3), views=612, days=200),
    Written("保修外的维修怎样收费", "保修与费用", """费用由三部分组成：工时费、配件费、上门交通费。

1. 师傅检查后先给您书面报价，您同意了才动手。
2. 单程五十公里以内不收交通费，超出部分按公里计。
3. 换下的旧件当面交给您，您可以自己处理。

如果现场发现还要多换配件，师傅会重新报价，不会先换后说。""", "收费 报价 工时费 上门费", votes=(26, 4), views=388),
    Written("发票金额和报价不一致怎么办", "发票与付款", """先别着急，常见原因有三个：

- 报价是不含税价，发票是含税价；
- 现场增加了配件，您签过增项单；
- 两张工单合开了一张发票。

请把报价单、发票和工单号发给我们。财务在 **一个工作日内** 书面说明差额；确实多收的，原路退回。""", "发票 差额 多收 含税", owner="zhou", about="发票金额和报价对不上", votes=(12, 2), views=143),
    Written("怎样开具或更换发票", "发票与付款", """维修完成、款项到账后三个工作日内开出电子发票，发到您登记的邮箱。

## 需要提供
- 单位名称和税号
- 收票邮箱

抬头写错了可以更换：请在开票当月告诉我们，次月起需要先把原发票红冲，大约多用五个工作日。""", "抬头 税号 电子发票 红冲", owner="zhou", votes=(9, 0), views=97, days=-12),
    Written("机器早上打不着火，先看这几点", "故障自查", """天冷时启动困难最常见的是电瓶亏电。请按顺序看：

1. 仪表上的电压。低于 **22 伏** 基本是电瓶亏电，不要连续启动超过三次。
2. 电瓶桩头有没有松动或白色氧化物，用热水冲净后拧紧。
3. 油箱里是不是加了和气温不符的柴油；零度以下用 -10 号。
4. 燃油滤芯底部有没有水，放水后再试。

> 请不要用推车的办法启动，会损坏变速箱。

还是不行就联系我们，并告诉我们电压和气温，师傅会带对电瓶来。""", "启动困难 电瓶 亏电 冬天", owner="yang", about="{machine}早上打不着火", votes=(58, 5), views=905),
    Written("发现液压油渗漏怎么办", "故障自查", """请先 **停机、熄火、卸压**，高压油会伤人，不要用手去摸漏点。

## 判断轻重
- 一夜之间滴湿巴掌大一块：可以约时间检修，每班检查油位。
- 成线往下流，或油位一天低一格：不要再开机，马上报修。

## 报修时请说明
- 漏在哪里（油缸、接头还是胶管）
- 一天大约漏多少，加过什么牌号的油

不同牌号的液压油不能混用，补油前请先问我们。""", "漏油 油缸 密封 胶管", owner="yang", about="{machine}液压油漏得厉害", votes=(33, 2), views=476),
    Written("铲斗、动臂出现裂纹还能不能干活", "故障自查", """看到裂纹请先停下来，拍三张照片：全景、近景、带尺子的近景。

- 裂纹不到五厘米、不在主焊缝上：可以轻载作业到师傅上门。
- 裂纹超过五厘米，或在动臂、斗杆的主焊缝上：**必须停机**。

多数焊缝疲劳可以现场补焊加固，强度不低于原来，半天左右完成。是否需要更换整件，由结构工程师看过照片后书面告诉您。""", "开裂 裂缝 焊缝 补焊", owner="zhu", about="{machine}{part}开裂", votes=(29, 3), views=351),
    Written("仪表报警灯亮了是什么意思", "故障自查", """颜色决定急不急：红色马上停，黄色尽快查，绿色只是提示。

- 红色机油壶：机油压力低，**立即熄火**。
- 红色温度计：水温高，怠速降温，不要马上开水箱盖。
- 黄色发动机：尾气处理或传感器故障，记下代码告诉我们。
- 黄色滤芯：空气滤芯堵塞，清理或更换。

故障代码在主菜单第二页，拍一张照片发给我们最快。""", "故障码 报警 指示灯", owner="yang", votes=(22, 6), views=298, missing="没有写装载机的报警灯"),
    Written("各机型的保养周期", "保养", """按工作小时算，先到者为准。

- **每 250 小时**：机油、机油滤芯，全车打黄油
- **每 500 小时**：柴油滤芯、空气滤芯外芯
- **每 1000 小时**：液压回油滤芯，齿轮油
- **每 2000 小时**：液压油、冷却液

灰尘大的矿山工地，滤芯周期减半。头两次保养由我们上门做，不收工时费。""", "保养 周期 滤芯 机油", owner="sun", about="{model}保养周期和费用", votes=(47, 1), views=733),
    Written("保养一次大概多少钱", "保养", """以二十吨级挖掘机为例，工时和原厂件合计：

- 250 小时：约六百元
- 500 小时：约一千二百元
- 1000 小时：约两千八百元
- 2000 小时：约六千五百元

不同机型和油品有差别，报型号和小时数给我们，一个工作日内给您书面清单，清单上的价格三十天内有效。""", "保养 费用 价格 套餐", owner="sun", about="{model}保养周期和费用", votes=(18, 5), views=267, days=-3),
    Written("大客户年度保养怎么打包", "保养", """自有设备五台以上可以签年度保养协议：

1. 客户经理上门清点设备，三个工作日内给出方案。
2. 按台按小时预估，季度对账，多退少补。
3. 固定一位师傅，四小时内响应，配件九折。

协议里会写明不包含的项目，签之前请一定看这一页。""", "年度协议 打包价 大客户", owner="feng", about="大客户年度保养打包价", votes=(7, 0), views=64),
    Written("原厂件和副厂件有什么区别", "配件", """可以用，但请注意三件事：

- 保修期内的机器，因副厂件造成的损坏不在保修范围内；
- 液压密封件、喷油嘴等精密件，我们建议用原厂件；
- 斗齿、履带板这类结构件，合格的副厂件可以用，买之前可以请我们看一下尺寸。

我们不会因为您用过副厂件就拒绝服务。""", "副厂件 原厂 替代 正品", owner="sun", about="{part}可以用副厂件吗", votes=(24, 7), views=322),
    Written("配件下单后多久能到", "配件", """- 常用件（滤芯、皮带、斗齿）：中心库有货，当天发出，次日到。
- 一般件：三个工作日。
- 大件或订制件：七到十个工作日，下单时会写明日期。

发出后短信里有运单号。**超过我们写明的日期还没到，请直接联系我们**，我们去追，不用您打电话问物流。""", "物流 快递 到货 运单", owner="sun", about="配件三天了还没到", votes=(31, 9), views=540),
    Written("配件不合适怎样退换", "配件", """未安装、包装完好的，七天内可以退，运费谁的责任谁承担：

- 我们发错或质量有问题：来回运费由我们承担；
- 下单时型号报错：您承担退回的运费。

电气件拆封后不能退，下单前请和我们核对机号。""", "退货 换货 发错", owner="sun", votes=(11, 1), views=120, days=30),
    Written("怎样更改上门时间", "上门服务", """师傅出发前都可以改，不收费。

- 在“我的请求”里打开那一条，直接留言写上方便的时间；
- 或者回复我们给您的邮件。

改好以后，页面上的承诺时间会跟着变，您能看到新的时间和师傅姓名。师傅已经在路上时请直接打电话，我们一起想办法。""", "改时间 改约 预约", owner="wang", about="想改一下上门时间", votes=(15, 1), views=176),
    Written("师傅上门前请准备什么", "上门服务", """准备好这几样，能省下半个多小时：

- 机器停在平整、能动火的地方，清掉工作装置上的泥
- 机号和工作小时
- 现场联系人的电话，以及进门需要的手续
- 高空、井下等特殊环境请提前说，师傅要带防护用具""", "上门 准备 现场", owner="wang", votes=(8, 0), views=88),
    Written("对师傅的服务不满意怎么反映", "上门服务", """请直接告诉我们，不会影响之后的服务。

1. 提交请求，类别选“投诉”，写清哪天、哪位师傅、发生了什么。
2. 一位投诉专员负责到底，**一个工作日内** 书面答复您。
3. 您对结果不满意，可以要求主管出面。

查清以后，该道歉的道歉，该补救的补救，处理结果会写给您。""", "投诉 态度 迟到", owner="wu", about="维修师傅迟到两小时还态度不好", votes=(13, 2), views=154),
    Written("配件库夜间能自提吗", "配件", """目前中心库的自提时间是 8:00 到 18:00。

夜间自提正在试行：每周二、周五 18:00 到 21:00，需要当天 16:00 前预约。试行三个月后，根据大家的使用情况决定是否扩大。""", "夜间 自提 取货", owner="sun", about="希望增加夜间配件自提", votes=(6, 3), views=71, days=14),
    Written("接待激烈投诉的五个步骤", "内部做法", """1. 先听完，不打断，不解释原因。
2. 复述一遍，让客户确认我们听懂了。
3. 说清楚现在就能做的一件事，以及下一次什么时候联系。
4. 超出自己授权的，当面说明谁能决定，并马上请示。
5. 放下电话后写下经过，连续两个激烈投诉以后请同事接手。

不要说“这是规定”，说“我能为您做的是……”。""", "投诉 情绪 话术", owner="wu", public=False, votes=(16, 0), views=210),
    Written("什么时候可以当场免上门费", "内部做法", """客服专员可以当场决定免一次上门费，满足一条即可：

- 我们承诺的时间没有做到；
- 同一台机器三十天内同一故障第二次报修；
- 我们带错了配件，需要再跑一趟。

写在备注里，月底财务统一核对。超出这三条的，请主管决定。""", "免费 授权 上门费", owner="jiang", public=False, votes=(19, 1), views=188, days=-20),
    Written("停工损失的赔偿怎样答复", "内部做法", """合同约定停工损失不在保修范围内，但客户的损失是真的，所以：

- 先承认影响，不说“不归我们管”；
- 说明能做的：优先上门、借用备机、免上门费；
- 金额超过两千元或客户提到起诉，马上升级到投诉组主管。

对外的说法以统一口径“停工损失”为准，不要自己发挥。""", "赔偿 停工 误工", owner="shen", public=False, votes=(10, 2), views=131),
    Written("机号看不清时怎样查机器", "内部做法", """铭牌磨掉时，请客户看三个地方：回转平台右后侧钢印、发动机缸体左侧、合同首页。

都没有，就用“客户 + 机型 + 交机年份”在设备里查，通常能缩小到一两台，再对照工作小时确认。""", "机号 铭牌 查询", owner="li", public=False, votes=(5, 0), views=52),
    Written("冬季出车前检查（草稿）", "保养", """- 防冻液冰点低于当地最低气温十度
- 更换对应标号的柴油
- 电瓶电压与桩头

待补：装载机的预热时间。""", "冬季 防冻", owner="yang", live=False),
    Written("How long is the warranty?", "Warranty and cost", """The whole machine is under warranty for **two years or four thousand working hours**, whichever comes first, counted from the day on the acceptance sheet.

Covered: engine, hydraulic pumps, swing and travel motors, cracked welds of boom and arm, controls and wiring.
Not covered: wear parts such as bucket teeth, filters, belts and track shoes, and damage by overload or missed maintenance.

Have the machine number (plate on the right of the cab) and the hour meter at hand when you write to us.""", "guarantee coverage", owner="zhao", language="en", translates="整机保修多长时间", votes=(6, 0), views=73),
    Written("The engine does not start in the morning", "Troubleshooting", """In the cold it is mostly the batteries.

1. Look at the voltage on the display. Below **22 volts** the batteries are flat; do not crank more than three times.
2. Check the terminals for looseness and white deposits.
3. Check that the diesel suits the temperature.
4. Drain the water from the fuel filter.

If it still does not start, write to us and tell us voltage and temperature, so that the technician brings the right battery.""", "start battery cold", owner="zhao", language="en", translates="机器早上打不着火，先看这几点", votes=(4, 1), views=49),
    Written("How often does my machine need service?", "Maintenance", """By working hours: every 250 engine oil and filter; every 500 fuel and air filters; every 1000 hydraulic return filter; every 2000 hydraulic oil and coolant.

On dusty sites halve the intervals of the filters. The first two services are done at your site and cost no labour.""", "maintenance interval", owner="zhao", language="en", translates="各机型的保养周期", votes=(3, 0), views=38),
)  # fmt: skip
# topic, text, basis, days since it holds, the text before it
WORDINGS = (
    ("停工损失", "停工给您带来的影响我们完全理解。按合同，停工损失不在保修范围内；我们能做的是优先安排上门，并免去本次上门费。", "销售合同第 8 条（演示）", 90, ""),
    ("保修期", "整机保修两年或四千工作小时，以先到者为准，从交机验收单上的日期算起。", "保修手册第 2 版（演示）", 60, "整机保修十八个月或三千工作小时，以先到者为准。"),
    ("副厂件", "我们不会因为您用过副厂件就拒绝服务；只是因副厂件造成的损坏，不在保修范围内。", "保修手册第 2 版（演示）", 60, ""),
    ("上门时限", "市区四小时内、郊县当天上门；做不到时，我们会在到期之前告诉您新的时间。", "服务标准 2026（演示）", 45, "市区八小时内、郊县次日上门。"),
    ("夜间自提", "夜间自提目前每周二、周五试行，当天 16:00 前预约即可。", "配件部通知（演示）", 20, ""),
    ("发票差额", "发票与报价有差额的，我们一个工作日内书面说明；确实多收的，原路退回。", "财务制度第 5 条（演示）", 120, ""),
)  # fmt: skip
# name, sort, text, channel, team
TEMPLATES = (
    ("约定上门时间", "reply", "{{customer_name}}，您好！师傅已经安排好：{{promise}}。请把机器停在平整的地方，并准备好机号和工作小时。", "", "整机服务组"),
    ("请客户拍照", "reply", "为了带对配件，请您拍三张照片发给我们：全景、近景、带尺子的近景。收到后这样安排：{{promise}}。", "", "整机服务组"),
    ("配件已发出", "reply", "您要的配件今天已发出，运单号：\n预计到达：{{promise}}。超过这个时间没有到，请直接找我，我去追。", "", "配件服务组"),
    ("发票差额说明", "reply", "您的发票我们已经核对（编号{{case_ref}}）。差额来自：\n\n多收的部分，{{promise}}原路退回。", "email", "投诉处理组"),
    ("投诉受理", "greeting", "{{customer_name}}，您好！您反映的情况我们非常重视。我是{{agent_name}}，这件事由我负责到底：{{promise}}书面答复您。", "", "投诉处理组"),
    ("现场完工小结", "note", "到达时间：\n故障原因：\n处理办法：\n更换配件与旧件去向：\n客户试机意见：", "", "整机服务组"),
)  # fmt: skip
SEARCHES = (("液压油牌号", 2), ("二手机过户", 1), ("租赁", 1))
