"""
The words that say what anybody does, when, how many and how: they name no theme where another word could.

They are no stop words, for vectors compare by them and a phrase may hold them. The lists are our own. Each word stands
for all its forms that have the same stem; of Chinese, for itself.
"""

from functools import lru_cache

from answerable.engine.vocabulary import stemmer
from answerable.engine.writing_systems import fold

_WORDS = {
    "en": """
        able actually add afraid afternoon again age ago ahead allow almost alone already always amount anywhere
        appear apply april arrange arrive ask asked august available aware away back bad basic bear become began
        begin beginning behind believe belong best better big bit bring brought call came carefully carry case catch
        century certain chance change check choice choose chose chosen clear clearly close come common complete
        consider continue count country couple cover cross current day dear decade december depend describe deserve
        detail develop difference different difficult direction directly disappear discuss district draw due early
        easily easy effect effective eight eleven elsewhere empty end enjoy enough enter entire especially event
        ever everybody everyone everywhere exact exactly example exist expect experience explain extra eye face fact
        fall false fast february feel felt few fifty fight figure fill final finally find fine finish fit five fix
        follow force forget former forty found four free friday front full fully gather gave general generally get
        give given glad go good got great greatly grow guy half hand handle hang happen happy hard hardly head hear
        heavy held help here high highly hit hold hope hour huge hundred idea imagine immediately important
        impossible include insist instead involve issue item january join july june keep kept kind knew know known
        lack large last late laugh least leave left less lie like likely line list listen little live long look lose
        lost lot low main major majority make man manage many march matter maximum maybe mean meant meet mention met
        middle million minimum minute miss moment monday month more most mostly move name nearly necessary need
        never new next nice nine normal notice november now nowhere number obvious october offer often old once one
        only open order ordinary other otherwise own page paid pair part particular pass past people percent perhaps
        period person pick piece place plan play point possibility possible prefer prepare present prevent previous
        probably problem proper properly prove provide pull push put question quick quickly quiet quite raise ran
        rarely rather reach ready real realise really reason receive recent recognise refuse region regular remain
        remember remove repeat replace reply require rest result return rise role room run said same saturday save
        saw say scale second see seem seldom send sense sent september serious set seven several share shared short
        show shown side significant similar simple simply single sit situation six slow slowly small sold solution
        solve somehow sometimes somewhere soon sorry sort space speak special specific spend spoke spoken spring
        stand start state stay step stood stop story straight strong such sudden suddenly suggest summer sunday
        support suppose sure surely table taken talk tall tell ten tend term thank there thing think third thirty
        thought thousand three throw thursday time today together told tomorrow too took top topic total touch town
        true try tuesday turn twelve twenty twice two type understand understood unit use useful usual usually
        various view visit voice wait walk want watch way weak wednesday week well went whole wide win winter wish
        won wonder word world worry write written wrong wrote year yesterday yet
    """,
    "es": """
        abril abrir acabar aceptar acercar aclarar acordar actuar acudir afirmar agosto agregar ahora alcanzar
        alguno algún alto amigo anterior antiguo anunciar aparecer apoyar aprovechar asegurar asunto aumentar ayer
        ayudar añadir año años bajar bajo bastante buen bueno buscar cada caer cambiar cambio cantidad capaz caso
        cerrar cien ciento cierto cinco cincuenta claro clase comenzar comprender común conocer conseguir considerar
        contar continuar convertir correr corto cosa crear crecer creer cruzar cuarenta cuatro cubrir cuenta cumplir
        dar debe deben deber decir dejar demostrar descubrir desear detener devolver dice dicen diciembre dieron
        diez diferente difícil dijo dio dirigir distinguir distinto doce domingo dos día ejemplo ejercer elegir
        empezar encontrar enero entender entrar entregar enviar escribir esperar establecer estar evitar existir
        explicar falta faltar febrero fecha final forma formar fuerte fácil ganar gente gran grande gustar haber
        hablar había habían hace hacen hacer hecho hizo hora hoy hubo idea igual importante imposible iniciar
        intentar ir jueves julio junio junto lado largo levantar libre lista llamar llegar llenar lleno llevar local
        lograr lugar lunes línea malo mandar manera mantener marcar martes marzo mayo mayor mejor menor mes mesa mil
        millón minuto mirar mismo mitad miércoles modo momento morir mostrar mover mucho mundo máximo mínimo nacer
        necesario necesitar negar ninguno nombre noviembre nueve nuevo número obtener ocho octubre ocurrir ofrecer
        olvidar once otro oír palabra parecer parte partir pasar país pedir pedía pensar peor pequeño perder
        permitir persona piden poco poder poner posible preferir pregunta preguntar presentar primer primero
        principal probar problema producir propio próximo pudo puede pueden punto pusieron puso página quedar querer
        querían quiere quieren quince quiso quitar razón real realizar recibir reconocer recordar región repetir
        resolver responder resultar romper saber sacar salir seguir seguro seis semana sentar sentir septiembre ser
        servir señor señora siete siglo significar sigue siguen siguiente simple sitio situación solo subir suceder
        sufrir suponer sábado tanto tema tener tenía tenían terminar tiempo tiene tienen tipo tocar todo tomar total
        traer tratar treinta tres uno usar utilizar valer varios veces veinte venir ver verdadero vez viejo viene
        vienen viernes vivir volver zona época último único
    """,
    "fr": """
        acceptent accepter affaire agir aimer ajoutent ajouter aller ami an ancien annoncent annoncer année ans août
        appelent appeler apportent apporter arrivent arriver arrêtent arrêter assurent assurer atteindre attendre
        autre avait avoir avril beau bon cas cent certain changement changent changer chaque cherchent chercher
        choisir chose cinq cinquante clair commencent commencer commun comprendre compte comptent compter connaître
        considérent considérer continuent continuer coupent couper courir court couvrir croire créer côté date
        demain demande demandent demander dernier deux devenir devoir difficile différent dimanche dire discutent
        discuter disent district dit dix doit doivent donnent donner dormir douze droit décembre déclarent déclarer
        découvrir empêchent empêcher endroit entendre entient entier entrent entrer envoyent envoyer espérent
        espérer essayent essayer eu exemple existent exister expliquent expliquer facile faible faire fait faite
        falloir faux façon ferment fermer final finir fois font fort févrient février gagnent gagner gardent garder
        genre gens grand gros général haut heure hier huit idée imaginent imaginer important importent importer
        impossible janvient janvier jeter jeudi jour journée juillet juin juste laissent laisser large lever libre
        lieu ligne liste long lundi madame mai manière manque manquent manquer marchent marcher mardi mars mauvais
        meilleur mener mercredi mettre mieux mille million minute mis moindre mois moitié moment monde monsieur
        montrent montrer mot mourir même naître neuf nom nombre nouveau novembre nécessaire obtenir octobre offrir
        onze oublient oublier ouvrir page parlent parler part partie partir passent passer pays pensent penser
        perdre permettre personne petit peut peuvent plein plusieurs point portent porter poser possible pouvait
        pouvoir premier prend prendre prennent pris problème prochain propre prouvent prouver préférent préférer
        préparent préparer présentent présenter prévoir quarante quatre question quinze quittent quitter racontent
        raconter raison recevoir reconnaître regardent regarder remplir rencontrent rencontrer rendre rentrent
        rentrer restent rester retournent retourner retrouvent retrouver revenir réel région répondre répétent
        répéter réussir sait samedi savent savoir semaine semblent sembler sentir sept septembre servir seul simple
        situation six siècle sorte sortir souffrir suivre sujet supposent supposer sûr table tel temps tenir tenu
        tirer tombent tomber total touchent toucher tournent tourner tout trente trois trouvent trouver tuer type
        unique utile utilisent utiliser valent valoir vaut vendredi venir veulent veut viennent vient vieux vingt
        vivre voir voulait vouloir vrai zone écrire époque étaient été évitent éviter être
    """,
    "ru": """
        август апрель больше большой бояться брать быть важный век верить вернуть вести весь вещь взять вид видеть
        висеть включать включить вместо возить войти вопрос восемь воскресенье время вспомнить вставать встать
        встретить встречать вторник входить вчера выбирать выбрать выглядеть выйти вынести выслать высокий выходить
        вёл главный говорить год годы готовый давать дальний дата дать два двадцать двенадцать двигать девять
        декабрь делать дело день держать десять добавить добавлять добиться добраться долгий должен друг другой
        думать ехать ждать желать забывать забыть завтра заметить замечать занять записать записывать заставить
        знать значить идти изменение иметь имя искать использовать исчезнуть июль июнь каждый казаться касаться
        класть количество кончить короткий лежать лет лечь лишний лучше любить любой люди лёгкий май маленький март
        меньше меняться место месяц миллион минута много молчать момент мочь мысль надеяться назвать называть найти
        написать настоящий находить находиться начать начинать нашли нашёл неделя некоторый необходимый нести новый
        ноябрь нравиться нуждаться нужен нужна нужно нынешний нёс область образ обратить обращать обсудить обсуждать
        общий объяснить объяснять обычный один одинаковый одиннадцать одна одной одну оказать оказывать октябрь
        описать описывать оставить оставлять остаться отдавать отдать отдельный отказать отказывать открывать
        открыть офис падать первый передавать передать перестать плохой повторить повторять подавать подать
        поднимать поднять подойти подходить позволить показать показывать полный половина получать получить
        пользоваться помнить помогать помочь понедельник понимать понять попадать попасть попросить послать
        последний поставить построить похожий поэтому появиться появляться правильный предлагать предложить
        представить представлять привести приводить прийти пример принести принимать приносить принять приходить
        причина пришла пришли пришёл проблема проверить проверять продолжать произойти происходить пройти просить
        простой проходить прошлый пытаться пятница пять пятьдесят раз разный район рассказать рассказывать регион
        род сам сама сами самый свободный сделать сегодня семь сентябрь сидеть сильный ситуация сказать слабый
        следующий слово случай слушать слышать смотреть собирать собрать создавать создать сорок спать способ
        спрашивать спросить среда ставить становиться старый стать сто стоить стол сторона стоял стояла стоять
        страна страница суббота считать счёт такой тема терять точка три тридцать трудный тысяча узнавать узнать
        уйти умереть уметь успеть уходить ушла ушёл факт февраль хватать ходить хороший хотеть хуже целый час частый
        часть человек четверг четыре число чужой шесть январь ясный
    """,
    "ar": """
        آخر أجزاء أحد أخذ أخرى أخير أراد أربعة أسابيع أسباب أسبوع أشخاص أشهر أشياء أصبح أعطى أعوام أغلق ألف أماكن
        أمر أمس أمكن أمور أنواع أول أولى أيام اثنان احتاج اختار استخدم استطاع استمر اسم اعتقد الآن الأحد الأربعاء
        الاثنين الثلاثاء الجمعة الخميس السبت الناس اليوم انتظر انتهى بدأ بعض بقي بلاد بلد تاريخ ترك تسعة تغيير ثالث
        ثاني ثلاثة ثلاثون ثمانية جاء جار جانب جديد جزء جيد جيران حالة حاول حدث حصل خاص خرج خط خمسة دخل دقائق دقيقة
        دولة ذهب رأى زمن سأل سؤال ساعات ساعة سبب سبعة ستة سطر سمع سنة سنوات سهل سيئ شخص شرح شكل شهر شيء صار صحيح
        صديق صعب صغير صفحة طاولة طريقة طلب طويل ظن ظهر عاد عالم عام عدد عرف عشرة عشرون غدا فتح فعل فكرة فهم قائمة
        قال قدم قديم قصير قليل كامل كان كبير كتب كثير كل كلمة لأن لحظة مئة مثال مختلف مر مرات مرة مشاكل مشكلة مكان
        مكتب مليون ممكن منطقة مهم موضوع ناس نحتاج نريد نصف نطلب نفس نقطة ننتظر نوع واحد واحدة واضح وجد وحيد وصل وضع
        وقت وقع يأتي يأخذ يبدأ يبقى يترك يجب يجد يحاول يحتاج يحدث يحصل يختار يخرج يدخل يذهب يرى يريد يسأل يستخدم
        يستطيع يستمر يسمع يشرح يصبح يصل يصير يضع يطلب يظن يظهر يعتقد يعرف يعطي يعود يغلق يفتح يفعل يفهم يقدم يقع
        يقول يكتب يكون يمر يمكن ينبغي ينتظر ينتهي يوم
    """,
    "de": """
        acht achten alle ander anfangen annehmen anzahl art aufhören aussehen bedeuten beginnen beispiel bekommen
        bereich beschreiben besser beste bestehen bestimmt bezirk bieten bitten blatt bleiben brauchen bringen datum
        denken dienstag direkt donnerstag drei dreißig dürfen eigen einfach einrichten eins einzeln elf enden
        entstehen entwickeln erfahren erhalten erinnern erklären erreichen erwarten erzählen fall fallen fehlen
        finden folgen fordern form frage fragen freitag freund fühlen führen fünf fünfzig gab ganz geben gebiet
        gefallen gehen gehören gelten gemeinsam genau geschehen gestern gewinnen gibt ging glauben gleich groß grund
        gut haben halb halten heißen helfen heute hoch hoffen holen hundert hälfte hängen häufig hören idee jahr
        jahre jahrhundert kam kaputt kennen klar klein kommen kurz können lage land lang lassen laufen legen leicht
        letzt leute liegen liste lösen machen mal manch mehr mehrere meinen mensch menschen merken million minute
        mittwoch moment monat montag möglich möglichkeit müssen nahe nahm name nehmen nennen neu neun normal nutzen
        nächst nötig offen ort passieren problem prüfen punkt reden region richtig rufen sache sagen sagte samstag
        schaffen scheinen schicken schlecht schließen schnell schreiben schwer schön sechs sehen sein seite setzen
        sicher sieben situation sitzen sollen sonntag sorte sprechen stand stark stehen steht stelle stellen sterben
        stunde suchen tag tausend teil thema tisch tragen treffen treten tun vergessen verlassen verlieren verstehen
        versuchen verändern viel vier viertel vierzig voll vorstellen wachsen wahr warten weise weit welt wenig
        weniger werden wichtig wissen woche wollen wort wurde wünschen zahl zehn zeigen zeile zeit ziehen zulassen
        zusätzlich zwanzig zwei zwölf ändern änderung öffnen
    """,
    "zh": """
        一万 一个 一些 一千 一半 一样 一次 一百 一般 三个 三十 上午 下午 不同 世界 东西 两个 两次
        中午 主要 之前 之后 事情 二十 人们 人员 今天 今年 以前 以后 使用 例子 保证 允许 全部 关闭
        其他 写上 写在 减少 几个 出去 出现 分钟 利用 别人 到达 办公室 办法 加入 包括 区域 十一 十二
        原因 去年 发现 发生 变成 句话 可能 名单 名字 告诉 回来 困难 国家 地区 地方 地点 增加 处理
        大家 存在 安排 完全 完成 实现 容易 导致 小时 属于 希望 帮助 年代 建立 建议 开始 影响 很大
        很好 很小 得到 必要 情况 想法 意见 愿意 成为 所有 打开 拿到 提交 提供 提出 提高 支持 收到
        改变 放在 数字 数量 方式 方法 方面 日子 时候 时间 明天 明年 明显 星期 昨天 普通 最后 最近
        月份 朋友 桌子 每天 每年 每月 每条 清楚 特别 现在 相同 看到 真正 知道 确保 禁止 离开 种类
        第一 第三 第二 等待 简单 结束 给予 继续 考虑 自己 表示 要求 觉得 解释 认为 讨论 许多 设立
        说明 过来 进来 进行 选择 通过 造成 避免 部分 重要 问题 需要 页面 题目 首先
    """,
}  # fmt: skip


@lru_cache(maxsize=16)
def plain_stems(language: str) -> frozenset[str]:
    """Return the stems of the plain words of a language, empty for one without a list."""
    stem = stemmer(language)
    words = _WORDS.get(language.replace("_", "-").split("-")[0].casefold(), "").split()
    return frozenset(stem(fold(word)) for word in words)
