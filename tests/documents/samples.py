"""Whole reports in three scripts and two directions, with every kind of block, and texts that try to do harm."""

from datetime import date

from answerable.documents.structure import (
    Bars,
    BulletList,
    Contents,
    Document,
    Footnote,
    Heading,
    Link,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Text,
    Words,
    bullet_list,
    footnote,
    paragraph,
)

ENGLISH = Document(
    title="Answerable to whom? What 386 contributions say about partnerships",
    subtitle="Outcome report of the public consultation ahead of the expert group meeting.",
    author="Secretariat for Shared Goals",
    subject="Outcome report, first round",
    language="en",
    published_on=date(2026, 3, 3),
    address="https://answerable.example/reports/7",
    blocks=(
        Contents(),
        Heading(1, "Key messages"),
        BulletList(
            (
                (
                    Text("Contributors trust partnerships whose members were "),
                    Text("chosen by those", bold=True),
                    Text(" they speak for, whatever the legal form. "),
                    Link("Finding 1", "#finding-1"),
                ),
                (Text("Reporting upward has grown; reporting to the people a project is meant for has not."),),
                (Text("Complaint lines work when a person calls back within days, and do harm when nobody does."),),
            ),
            ordered=True,
        ),
        Heading(1, "Who took part"),
        Paragraph(
            (
                Text("241 people and organisations from 33 countries wrote 386 contributions over eight weeks."),
                Footnote(
                    (
                        Text("Counted on the day the consultation closed; see "),
                        Link("the method", "https://answerable.example/method"),
                        Text("."),
                    )
                ),
                Text(" Anyone could take part without an account."),
            )
        ),
        Table(
            "Contributions by sector: number, share received and share invited",
            ("Sector", "Number", "Share", "Invited"),
            (
                ("Civil society", "131", "34 %", "30 %"),
                ("Government", "81", "21 %", "20 %"),
                ("Academia and science", "66", "17 %", "15 %"),
                ("Private sector", "58", "15 %", "20 %"),
                ("Communities", "50", "13 %", "15 %"),
            ),
            numeric=frozenset({1, 2, 3}),
        ),
        Bars(
            "Where all 386 contributions went",
            (
                ("Cited in a finding", 0.624, "62 %"),
                ("Merged with one that says the same", 0.267, "27 %"),
                ("Set aside, with the reason", 0.109, "11 %"),
            ),
        ),
        Note(
            "What this cannot tell you",
            (
                paragraph(
                    "Contributors chose to take part; they are not a sample, and counts of agreement are not votes."
                ),
                paragraph("Only 9 % came by phone or on paper."),
            ),
            tone="warm",
        ),
        PageBreak(),
        Heading(1, "Findings"),
        Heading(2, "Seats at the table matter less than who chose the person sitting there", anchor="finding-1"),
        Paragraph(
            (
                Text(
                    "Of 48 contributions about boards, 33 named the way a member was selected as the reason a board was trusted or not "
                ),
                Link("[R-2244]", "/receipts/R-2244"),
                Text(". The number of seats a group held was mentioned by nine, and the word used was "),
                Text("observer", italic=True),
                Text(" or "),
                Text("seat_count", code=True),
                Text("."),
            )
        ),
        Quote(
            "Our delegate was picked in the capital. We learned her name from the minutes.",
            language="en",
            attribution=(Text("A fishers’ union, South-East Asia, "), Link("[R-2244]", "/receipts/R-2244")),
            footnote=footnote("Spoken at a meeting and written down by a facilitator."),
        ),
        Quote(
            "اختير مندوبنا في العاصمة، ولم نعرف اسمه إلا من محضر الاجتماع (الصفحة 12 من report.pdf).\n\nلم يسألنا أحد.",
            language="ar",
            attribution=(Text("A women’s cooperative, Western Asia, "), Link("[R-2250]", "/receipts/R-2250")),
        ),
        Quote(
            "我们的代表是在首都选出来的。我们是从会议记录里知道她的名字的。",
            language="zh-Hans",
            attribution=(Text("A village committee, East Asia"),),
        ),
        Heading(3, "What contributors propose"),
        bullet_list(
            "Let each constituency select its own member, and publish how it did so before the first meeting of the board.",
            "Publish declarations of interest within a month of appointment.",
            "Pay the travel of members who have no organisation behind them.",
        ),
        Heading(4, "Remaining doubt"),
        paragraph("Nobody could say who checks a selection once it is published."),
        Note(
            "Disputed",
            (paragraph("Two authors hold that this finding misrepresents what they wrote; their objection is open."),),
            tone="bad",
        ),
        Heading(1, "Recommendations and responses"),
        Table(
            "Replies were due on 10 February 2026; two of fourteen are shown here",
            ("Recommendation", "Addressed to", "Response", "Reason given", "What follows"),
            (
                (
                    "Let each constituency select its own member, and publish how",
                    "All partnerships in the registry",
                    "Accepted",
                    "The cost is a few weeks. The benefit is a board that people pick up the phone for.",
                    "Rule of the charter since 1 March 2026",
                ),
                (
                    "Open the complaint line to text relay",
                    "The operating partner",
                    "Accepted in part",
                    "Relay can start in two countries this year; the others lack a service.",
                    "Report by 30 September 2026",
                ),
            ),
        ),
        Note("How to read this report", (paragraph("Every sentence that claims what contributors said cites them."),)),
    ),
)

ARABIC = Document(
    title="مسؤولون أمام مَن؟ ماذا تقول 386 مساهمة عن الشراكات",
    subtitle="تقرير نتائج المشاورة العامة قبل اجتماع فريق الخبراء.",
    author="أمانة الأهداف المشتركة",
    subject="تقرير النتائج، الجولة الأولى",
    language="ar",
    published_on=date(2026, 3, 3),
    address="https://answerable.example/reports/7",
    words=Words(contents="المحتويات", notes="الحواشي", page="صفحة", back_to_text="عودة إلى النص"),
    blocks=(
        Contents(),
        Heading(1, "الرسائل الرئيسية"),
        bullet_list(
            "يثق المساهمون بالشراكات التي اختار أعضاءَها أولئك الذين يتحدثون باسمهم، أيًّا كان شكلها القانوني.",
            "زادت التقارير المرفوعة إلى أعلى، ولم تزد التقارير الموجهة إلى الناس الذين أُنشئ المشروع من أجلهم.",
            ordered=True,
        ),
        Heading(1, "مَن شارك"),
        Paragraph(
            (
                Text("كتب 241 شخصًا ومنظمة من 33 بلدًا 386 مساهمة خلال ثمانية أسابيع عبر منصة Answerable (النسخة 2.0)."),
                footnote("أُحصيت يوم إغلاق المشاورة."),
                Text(" وكان بوسع أي شخص أن يشارك."),
            )
        ),
        Table(
            "المساهمات بحسب القطاع: العدد والنسبة",
            ("القطاع", "العدد", "النسبة"),
            (("المجتمع المدني", "131", "34 %"), ("الحكومات", "81", "21 %"), ("الجامعات والعلوم", "66", "17 %")),
            numeric=frozenset({1, 2}),
        ),
        Bars(
            "أين ذهبت المساهمات كلها",
            (
                ("استُشهد بها في نتيجة", 0.624, "62 %"),
                ("ضُمّت إلى مساهمة مماثلة", 0.267, "27 %"),
                ("نُحّيت مع ذكر السبب", 0.109, "11 %"),
            ),
        ),
        Note(
            "ما لا يستطيع هذا التقرير قوله",
            (paragraph("اختار المساهمون أن يشاركوا؛ فهم ليسوا عيّنة، وعدد الموافقين ليس تصويتًا."),),
            tone="warm",
        ),
        Heading(1, "النتائج"),
        Heading(2, "طريقة الاختيار أهم من عدد المقاعد", anchor="finding-1"),
        Paragraph(
            (
                Text("من بين 48 مساهمة عن المجالس ذكرت 33 طريقة اختيار العضو "),
                Link("[R-2244]", "/receipts/R-2244"),
                Text("."),
            )
        ),
        Quote(
            "اختير مندوبنا في العاصمة، ولم نعرف اسمه إلا من محضر الاجتماع.",
            language="ar",
            attribution=(Text("تعاونية نسائية، غرب آسيا "), Link("[R-2250]", "/receipts/R-2250")),
        ),
        Quote(
            "Our delegate was picked in the capital. We learned her name from the minutes.",
            language="en",
            attribution=(Text("نقابة صيادين، جنوب شرق آسيا"),),
        ),
    ),
)

CHINESE = Document(
    title="向谁负责？386份意见怎样谈论伙伴关系",
    subtitle="专家组会议前公开咨询的成果报告。",
    author="共同目标秘书处",
    subject="成果报告，第一轮",
    language="zh",
    published_on=date(2026, 3, 3),
    words=Words(contents="目录", notes="注释", page="第", back_to_text="回到正文"),
    blocks=(
        Contents(),
        Heading(1, "要点"),
        bullet_list(
            "参与者信任那些由其所代表的人选出成员的伙伴关系，无论其法律形式如何。",
            "向上的报告增多了，而向项目所服务的人们的报告却没有增多。",
            ordered=True,
        ),
        Heading(1, "谁参加了"),
        Paragraph(
            (
                Text("来自33个国家的241个个人和组织在八周内提交了386份意见。"),
                footnote("以咨询截止之日计。"),
                Text("任何人都可以参加，"),
                Text("无需注册账户", bold=True),
                Text("。"),
            )
        ),
        Table(
            "按部门分列的意见：数量与份额",
            ("部门", "数量", "份额"),
            (("民间社会", "131", "34 %"), ("政府", "81", "21 %"), ("学术与科学", "66", "17 %")),
            numeric=frozenset({1, 2}),
        ),
        Bars(
            "386份意见的去向",
            (("在结论中引用", 0.624, "62 %"), ("与相同意见合并", 0.267, "27 %"), ("搁置并说明理由", 0.109, "11 %")),
        ),
        Note(
            "本报告不能说明什么", (paragraph("参与者是自愿参加的，不是抽样样本；赞成的数目不等于投票。"),), tone="warm"
        ),
        Heading(1, "结论"),
        Heading(2, "由谁选出比席位多少更重要", anchor="finding-1"),
        Quote(
            "我们的代表是在首都选出来的。我们是从会议记录里知道她的名字的。",
            language="zh",
            attribution=(Text("东亚某村委会"),),
        ),
        Quote(
            "選ばれた方法が公表されていれば、結果に納得できた。", language="ja", attribution=(Text("东亚某市民团体"),)
        ),
        Quote("Our delegate was picked in the capital.", language="en", attribution=(Text("东南亚某渔民工会"),)),
    ),
)

REPORTS = {"en": ENGLISH, "ar": ARABIC, "zh": CHINESE}
