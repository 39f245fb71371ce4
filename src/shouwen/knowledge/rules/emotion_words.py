"""Words of feeling in service conversations, with weights. Chinese and English, our own collection.

A weight is how far the word alone moves the scale: 0.2 worry, 0.45 displeasure, 0.9 anger.
"""

from typing import Literal

# ruff: noqa: E501 - patterns read better in one piece

Kind = Literal["worry", "displeasure", "anger", "pressing", "threat", "insult", "loud", "courtesy"]

FEELINGS: tuple[tuple[str, Kind, float], ...] = (
    # worry
    (r"着急|焦急|心急|急用|急需|急死|担心|担忧|不安|害怕|忐忑|紧急|等着用|火急|十万火急|不放心|发愁|没底|怕(?:来不及|耽误|赶不上|误了|影响)|来不及|赶不上|拜托|求求|千万别|急着|停工|停产|停机|停线|等米下锅|揪心|七上八下|务必|\b(?:really need|otherwise|running out of time|deadline|please hurry|hurry up|as early as possible|cannot wait|can't wait)\b|\b(?:worried|worrying|anxious|nervous|urgent(?:ly)?|concerned|afraid|desperate)\b", "worry", 0.28),
    (r"(?<!着)急(?=[！!，。,]|$|啊|了|人|着|得|需|件|待)", "worry", 0.26),
    (r"(?:马上|立刻|立即)(?:解决|处理|修|派人|回复)|赶紧|赶快|抓紧|快一?点", "worry", 0.2),
    (r"尽快|尽早|早点|早日", "worry", 0.12),
    # displeasure
    (r"不满意?|失望|郁闷|无语|心烦|烦人|烦心|难受|不爽|不舒服|寒心|心寒|委屈|伤心|添堵|糟心|无奈|头疼|不合理|不应该|不公平|太慢|太差|差劲|糟糕|拖延|推诿|推来推去|踢皮球|敷衍|没人(?:管|理|接|回|联系|处理)|不理(?:我|人)|白跑|白等|白花|白搭|又坏|又出(?:问题|故障|毛病)|没用|不管用|不靠谱|不专业|不负责|说好的|说话不算|没做到|没兑现|食言|打不通|占线|没下文|没结果|没消息|人影都?没|没人影|不敢恭维|很不满|说的都不一样|没动静|石沉大海|晾着|磨蹭|拖拖拉拉|拖了|效率(?:太|很|真)?低|折腾|害得|害我|后悔|上当|没法用|不能用|用不了|浪费时间|浪费我|太久|太贵|乱收费|不讲理|不好用|质量(?:太|很|真)?差|[很好真挺]差|差评|次品|假货|劣质|体验.{0,2}差|不像样|马虎|不当回事|不上心|没诚意|冷漠|爱答不理|耽误|影响生意|损失|\b(?:disappoint(?:ed|ing)|unhappy|upset|frustrat(?:ed|ing)|annoy(?:ed|ing)|dissatisfied|unsatisf\w+|poor service|not happy|not satisfied|not pleased|let down|nobody (?:knows|cares|answers|replies|called)|no one (?:knows|cares|answers|replies|called)|still broken|broken again|doesn't work|does not work|kept waiting|runaround|passed (?:around|from)|gone downhill|bad experience|excuses|regret (?:buying|choosing)|messed up|ignored|waste of time|unfair|unprofessional)\b", "displeasure", 0.45),
    (r"大失所望|一塌糊涂|莫名其妙|(?:太|很|真|非常|特别|超|极其?|最|实在|相当|比较|这么|那么|又)(?:是|的|不)?(?:差(?!不多|别|异|距|价)|烂|脏|吵|慢(?!慢)|破(?!坏|例|案|解)|臭|糟(?!糠)|坑(?!道|洞|槽))|差(?:极|透|得[很远要]|远了|死|多了|评)|质量问题|劝(?:大家|各位|你)|建议大家(?:都)?(?:不要|别)|千万(?:别|不要|不能)(?=[^，。]{0,4}[买住来上用信])|(?:不会|不想|别|决不|绝不|不)再(?:来|去|住|买|用|光顾|入住|选择|考虑)|(?:以后|下次|下回)(?:再也|肯定|坚决|决|绝对|绝|打死)?(?:也|都)?(?:不|别)(?:会|要|想)?(?:再|来|去|住|买|用|了|考虑|这样)|打死(?:我)?(?:也|都)?不|(?<!不)(?<!是)不(?:太|很|怎么|是很)?喜欢|不(?:怎么?)?咋(?:地|的)|不怎么样|不值(?!班)|名不[副符]实|凭什么|搞什么|搞不懂|无人问津|冷冰冰|冷淡|(?:态度|服务)(?:很|太|非常|实在|真的?|也|比较|极其?|十分)?(?:生硬|不好|恶劣|傲慢|蛮横|敷衍|不行)|没(?:有)?礼貌|不给(?:我)?(?:退|换|修|开|办|处理|解决)|误导|受骗|骗了|遗憾|令人.{0,2}(?:失望|不快|费解)|算什么|敢号称|居然还?(?:要|没|不|说|让)|竟然(?:还|要|没|不|说|让|也)|(?:很|非常|极|太|十分|特别|真)不(?:好|方便|爽|干净|舒服|专业|负责|合理|隔音|应该|值|便|人性化?)|不爽|让我(?:怎么|如何|情何以堪)|缺德|窝火|吃亏|不推荐|别去|别买|完全不(?:行|值|能|管)|根本(?:没|不)(?!用担心)|拒绝(?:退|换|处理|赔)|忍受|受罪|崩溃|抓狂|麻木|推脱|\b(?:ripped|overpriced|regrettable|mediocre|rude|dirty|slow service|not recommend(?:ed)?|avoid)\b", "displeasure", 0.45),
    (r"(?:^|[，。,.！!？?…\s])(?:唉|哎(?!呀)|汗|晕|狂汗|无语)(?=[，。,.！!？?…~～\s]|$)|我晕|郁闷|纳闷|吐血|伤不起", "displeasure", 0.3),
    # anger
    (r"生气|气愤|愤怒|恼火|火大|发火|气死|忍无可忍|受够|受不了|忍不了|过分|欺人太甚|可恶|岂有此理|什么态度|什么服务|太不像话|不像话|无法容忍|不能容忍|不可接受|无法接受|坑人|坑爹|忽悠|糊弄|耍我|玩我|欺骗|骗人|骗我|太坑|不负责任|毫无责任|恶劣|荒唐|离谱|笑话|讨说法|(?:真|很|太|都)火(?=了|！|，|。|$)|怒|暴躁|破(?:公司|服务|东西|玩意|机器|产品)|什么(?:破|烂|鬼)|太烂|烂透|烂到家|还想不想|有没有良心|良心(?:不痛|何在)|讲不讲理|当我(?:是)?(?:傻|好欺负)|把我当|好欺负|气人|什么玩意|霸王(?:条款|合同|规定)|(?:今天|现在|马上)?必须给我|(?:我|真是|真的?|实在|受|听|忍|等|看)够了|(?:^|[，。！!\s])够了|不想听|别跟我|少来这套|太黑(?!暗)|没(?:有)?底线|(?:太|真|很|相当|简直|绝对|就是|这么)(?:是|的|个)?(?:垃圾|脑残|白痴)|昧(?:着)?良心|差到(?:极点|家)|(?:上|上了)(?:贼|黑)船|最差的|霸道|岂能|可恨|无耻之极|坑死|黑得很|宰(?:客|人|我)|(?:简直|完全|绝对)(?:是)?(?:抢|骗|忽悠|欺诈)|说话当放|给(?:我)?(?:一)?个说法|给(?:我)?(?:一)?个交代|\b(?:angry|furious|outrage(?:d|ous)|unacceptable|disgust(?:ed|ing)|ridiculous|fed up|sick of|terrible|horrible|appalling|a joke|disgrace(?:ful)?|livid|worst|scandal(?:ous)?|had enough|enough of|how dare|inexcusable|not acceptable|shame on|I demand|robbery|rip[- ]?off|lied to|lying|cheat(?:ed|ing)?)\b", "anger", 0.9),
)  # fmt: skip

PRESSING = (
    r"(?<![每隔])都(?:快|已经)?(?:[一两二三四五六七八九十0-9半]+|好几)个?(?:天|周|星期|月|小时|年)了|(?:等|拖|打|催|问|找|说|联系|反映|报修|跑)了?(?:都|已经|快)?(?:好几|几|[两二三四五六七八九十0-9]+|很多|这么多|无数)(?:天|次|遍|个?小时|个?星期|周|个?月|回|趟)(?:了|都)?"
    r"|(?:第[二三四五六七八九十0-9]+次)|到底(?:什么时候|有没有|还|管不管|能不能|要)|究竟|为什么(?:还|总|一直|没)|怎么(?:还|又|老|总|一直)(?:不|没|是|要)?|还(?:要|得)等(?:多久|到什么时候)"
    r"|(?:又|再次)(?:坏|出|停|断|漏)(?:了|问题|故障)|一直(?:没|不)|至今(?:没|未)|迟迟(?:没|不|未)|(?:马上|立刻)给我"
    r"|\b(?:still (?:no|not|waiting|haven't)|how (?:much )?long(?:er)?|again and again|for the (?:second|third|fourth|fifth|\d+th) time|when (?:will|are) you|why (?:haven't|is it|has)|(?:second|third|fourth|fifth|\d+th) (?:call|time|email|visit|attempt)|for (?:days|weeks|months)|immediately|right now|asap)\b"
)  # fmt: skip
THREATS = (
    r"举报(?!电话|方式|渠道|流程|热线|邮箱)|维权|发帖|挂(?:到)?网上|讨(?:个)?公道|投诉(?:你们|到|给|去)|(?:要|会|去|将|就)投诉|消费者协会|消协|12315|12345|曝光|上微博|发抖音|找媒体|找记者|起诉|打官司|法律途径|走法律"
    # who only names a machine's alarm, a bank, a court or a station that buys from us threatens nobody
    r"|(?:我们?|咱们?)(?:这就|现在|马上|立刻|只能|只好|直接|已经?|可|真的?|要|就|会|去|得|都|准备|打算|选择)*报警|(?:去|只能|只好|准备|打算|选择|必须|再不[^。！!]{0,12})报警(?!灯|器|声|音|码|代|提|信)|报警(?:抓|立案)|打110|叫警察"
    r"|(?:去|找|到|告到?|向|跟|让|叫|打|请)(?:当地|市里?的?|区里?的?|你们)?(?:工商局?(?!银行)|市场监管)|(?:工商局?|市场监管局?)(?:见|投诉|举报)"
    r"|(?:找|联系|叫|让|告诉|上|请)(?:来|了)?电视台|电视台(?:曝|见)|(?:上|告到?|诉至|向)[^，。！!？?]{0,4}法院|法院(?:见|起诉|告|诉)"
    r"|(?:找|请|让|叫|通过|委托|咨询|联系|问)(?:了|过|好|我们?的?|公司的?|一?个)*律师(?!事务所)|律师(?:函|信|会|来|联系|见|起诉|沟通|处理)"
    r"|找你们?领导|叫你们?(?:经理|领导|老板)|再也不(?:买|用|来|会|住|去|敢)|曝光你们|拉黑"
    r"|\b(?:lawyers?|attorney|(?:will|would|to|could|gonna|'ll) sue|sue (?:you|your)|(?:in|to) court|legal action|police|report you|regulator|ombudsman|trading standards|go public|the press|social media|never (?:buy|use|order|again)|cancel (?:my|the|our) (?:contract|account|subscription)|speak to (?:a|your) (?:manager|supervisor))\b"
)  # fmt: skip
INSULTS = (
    r"骗子(?!电话|短信|网站|冒充)|(?:你们?(?:这(?:些|群|帮|种|个))?|一群|这(?:群|帮))[^，。]{0,3}垃圾|垃圾(?:公司|企业|商家|店家|客服|团伙|东西)|废物|混蛋|王八蛋|傻[逼叉子]|蠢货|蠢猪|(?<!太)(?<!真)(?<!像)(?:白痴|脑残)(?!粉)|智障|他妈(?!妈|咪|和)的?|(?:^|[，。！!？?\s真你]|特么)妈的(?!话)|操你|滚蛋|滚开|去死|狗屁|放屁|无耻|不要脸|流氓|强盗|奸商|黑心|黑店|弄死|打死(?:你|他|她)|砸了你|饶不了|走着瞧|人渣|死光|(?:你们?|他|她)全家|死全家|败类|狗东西|神经病|没脑子|脑子有病|有病吧|(?:你们|简直|真|根本)(?:都|就)?不是人(?!住|类|家|干|生|工|的|为)|丧良心|贱人|猪脑|无赖|带人.{0,4}(?:去|来|找)|堵(?:门|你们)|收拾你|弄你|信不信我|吃不了兜着走|不得好死|诅咒|等着瞧|没完(?!成|善)|畜生|吃屎|瞎了"
    r"|\b(?:idiots?|morons?|stupid|scam(?:mers?)?|crooks?|thieves|liars?|bastards?|get lost|screw you|shut up|drop dead|burn in hell|shit|bullshit|fuck\w*|damn(?:ed)?|assholes?|useless|(?:garbage|trash)(?! ?(?:bins?|cans?|bags?|trucks?|chutes?|collection|compactors?))|pathetic|go to hell|you'll regret|you will regret)\b"
)  # fmt: skip
SOFT = (
    r"谢谢|感谢|多谢|辛苦|麻烦您|麻烦你们?|劳驾|请问|不好意思|打扰|没关系|不着急|不急|(?<!不)理解|(?<!不)(?<!不太)满意|很好|不错|点赞|太好了|放心了|赞|棒"
    r"|\b(?:please|thanks?|thank you|grateful|appreciate|no rush|no hurry|when you have time|sorry to bother|kind regards|great|excellent|happy with|(?<!not )satisfied)\b"
)  # fmt: skip
NEGATIONS = r"不(?!得不|能不|满|安|放|爽|舒|然|行|解决|处理|退|赔)|没有?(?!人)|别|未|无需|无须|并非|毫不|不是很|\b(?:not|no|never|don't|doesn't|isn't|wasn't|aren't|without|n't)\b"
DEGREES: tuple[tuple[str, float], ...] = (
    (r"非常|特别|极其|极度|十分|相当|太|超级?|万分|严重|彻底|完全|简直|真是|实在|\b(?:very|extremely|really|absolutely|completely|totally|so|utterly|beyond)\b", 1.4),
    (r"很|真|好|挺|更|越来越|\bmore\b", 1.15),
    (r"有点儿?|有些|稍微|略|多少|比较|不太|\b(?:a bit|a little|slightly|somewhat|rather|quite)\b", 0.6),
)  # fmt: skip
