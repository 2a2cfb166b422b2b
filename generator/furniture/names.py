"""Names that outlets put around every story, as data by language: provinces, channels, standing pages, actions.

Holds data only. Names are general: never those of one outlet. Compare folded (`text.fold`) and without blanks.
"""

from __future__ import annotations


def _words(listed: str, parted: str | None = None) -> frozenset[str]:
    return frozenset(listed.split(parted))


PROVINCES: frozenset[str] = _words(
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 "
    "内蒙古 内蒙 广西 西藏 宁夏 新疆 香港 澳门 兵团 "
    "重慶 遼寧 吉林 黑龍江 江蘇 山東 廣東 海南 貴州 雲南 陝西 甘肅 青海 臺灣 内蒙古 內蒙古 廣西 寧夏 澳門 "
    "北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 京都 大阪 兵庫 奈良 "
    "和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄"
)

# Four-character names of channels that Chinese news sites commonly carry: they show where a run-on line may be cut.
CHANNELS: frozenset[str] = _words(
    "网站首页 今日头条 要闻头条 新闻头条 头条新闻 国内新闻 国际新闻 社会新闻 时政要闻 时政新闻 专题报道 专题专栏 新闻专题 社会热点 "
    "热点新闻 热点聚焦 焦点新闻 焦点访谈 新闻中心 新闻资讯 新闻动态 滚动新闻 图片新闻 视频新闻 现场直击 深度报道 深度观察 "
    "生态环境 生态环保 生态文明 环境保护 乡村振兴 美丽乡村 三农资讯 三农在线 群众来信 民生关注 关注民生 社会民生 民生热线 百姓生活 企业文化 "
    "企业新闻 财经新闻 财经资讯 经济观察 产业经济 科技前沿 科技创新 科技新闻 教育资讯 教育在线 教育新闻 文化旅游 文化艺术 文化教育 旅游资讯 人物访谈 "
    "人物专访 书画艺术 诗词歌赋 文学天地 健康养生 医疗健康 健康生活 法治在线 法治新闻 法制在线 法制新闻 以案说法 "
    "普法宣传 舆论监督 反腐倡廉 廉政建设 公益慈善 党建引领 党建在线 军事新闻 军事观察 体育新闻 娱乐新闻 房产家居 汽车资讯 食品安全 一带一路 "
    "港澳台侨 政策法规 政务公开 人事任免 通知公告 评论观点 地方新闻 各地动态 联播快讯 "
    "關於我們 聯繫我們 免責聲明 会员登录 会员中心 会员注册 成为会员 关于我们 联系我们 免责声明 版权声明 网站地图 广告服务 人员查询 记者查询 "
    "招聘信息 加入我们 投稿须知 在线投稿 隐私政策 友情链接 网站声明 法律声明 法律顾问"
)

# Pages that every outlet keeps about itself.
STANDING: frozenset[str] = _words(
    "关于我们 关于本站 关于本网 本网简介 网站简介 联系我们 联系方式 联系本网 免责声明 版权声明 网站声明 法律声明 法律顾问 隐私政策 隐私条款 隐私声明 "
    "服务条款 用户协议 人员查询 记者查询 记者证查询 记者证核验 工作人员查询 广告服务 广告合作 广告刊例 商务合作 合作伙伴 招聘信息 诚聘英才 加入我们 "
    "成为会员 会员服务 网站地图 网站导航 投稿须知 在线投稿 我要投稿 投诉建议 举报电话 意见反馈 帮助中心 版权所有 编辑部 "
    "關於我們 聯繫我們 聯絡我們 免責聲明 版權聲明 隱私權政策 隱私政策 服務條款 使用條款 廣告刊登 人才招募 網站地圖 "
    "会社概要 会社情報 お問い合わせ 利用規約 プライバシーポリシー 個人情報保護方針 著作権 広告掲載 サイトマップ 運営会社 "
    "회사소개 이용약관 개인정보처리방침 청소년보호정책 저작권 광고문의 제휴문의 고충처리 기사제보 찾아오시는길"
) | _words(
    "about|about us|contact|contact us|imprint|legal notice|disclaimer|privacy|privacy policy|terms|terms of use|terms of service|terms & conditions|"
    "terms and conditions|cookie policy|careers|jobs|advertise|advertise with us|masthead|staff|our team|corrections|ethics policy|editorial policy|"
    "editorial standards|accessibility|site map|sitemap|help|faq|newsroom|copyright|code of conduct|"
    "impressum|datenschutz|datenschutzerklärung|kontakt|über uns|agb|nutzungsbedingungen|mediadaten|karriere|redaktion|"
    "mentions légales|à propos|qui sommes-nous|contactez-nous|nous contacter|politique de confidentialité|cgu|cgv|conditions générales|plan du site|recrutement|"
    "aviso legal|contacto|contactar|quiénes somos|quienes somos|política de privacidad|politica de privacidad|política de cookies|publicidad|sobre nosotros|"
    "sobre|contato|contacto|fale conosco|quem somos|termos de uso|expediente|anuncie|ficha técnica|"
    "chi siamo|contatti|note legali|informativa privacy|cookie|redazione|pubblicità|lavora con noi|"
    "о нас|о проекте|контакты|редакция|реклама|политика конфиденциальности|пользовательское соглашение|вакансии|"
    "من نحن|اتصل بنا|سياسة الخصوصية|شروط الاستخدام|اعلن معنا|أعلن معنا",
    "|",
)

# What a line of navigation offers besides channels.
ACTIONS: frozenset[str] = _words(
    "首页 网站首页 主页 返回首页 登录 注册 登陆 会员登录 会员注册 会员中心 退出 搜索 客户端 手机版 电脑版 繁体 简体 English 加入收藏 设为首页 更多 首頁 登入 註冊 "
    "ホーム トップ ログイン 会員登録 検索 홈 로그인 회원가입 검색"
) | _words(
    "home|homepage|search|menu|log in|login|sign in|sign up|register|subscribe|newsletter|newsletters|my account|account|more|e-paper|epaper|rss|podcasts|"
    "app|apps|download|donate|shop|startseite|suche|anmelden|abo|accueil|connexion|s'abonner|abonnez-vous|recherche|inicio|buscar|iniciar sesión|suscríbete|"
    "entrar|assine|home page|cerca|accedi|abbonati|главная|поиск|войти|подписка|الرئيسية|بحث|تسجيل الدخول|facebook|twitter|x|instagram|youtube|linkedin|"
    "telegram|whatsapp|tiktok|pinterest|weibo|微博|微信|抖音|snapchat|threads|bluesky|mastodon|skip to content|skip to main content",
    "|",
)
