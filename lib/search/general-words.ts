/**
 * What photographs and pictures are tagged with by models that know the whole world: "kind|种类" and what is of it. The
 * second name is Chinese.
 */
export const GENERAL_WORDS: Readonly<Record<string, string>> = {
  "person|人物":
    "man|男人; woman|女人; child|儿童; baby|婴儿; group of people|一群人; crowd|人群; portrait|肖像; selfie|自拍; face|面部; hands|手; family|家人; couple|情侣; wedding|婚礼; bride|新娘; graduation|毕业; team|团队; old person|老人; dancer|舞者; musician|音乐家; athlete|运动员; chef|厨师; soldier|士兵; police officer|警察; doctor|医生",
  "animal|动物":
    "cat|猫; kitten|小猫; dog|狗; puppy|小狗; rabbit|兔子; hamster|仓鼠; mouse|老鼠; horse|马; cow|牛; pig|猪; sheep|绵羊; goat|山羊; donkey|驴; deer|鹿; fox|狐狸; wolf|狼; bear|熊; panda|熊猫; lion|狮子; tiger|老虎; leopard|豹子; elephant|大象; giraffe|长颈鹿; zebra|斑马; monkey|猴子; gorilla|大猩猩; kangaroo|袋鼠; koala|考拉; squirrel|松鼠; hedgehog|刺猬; camel|骆驼; dinosaur|恐龙; dragon|龙; unicorn|独角兽",
  "bird|鸟类":
    "chicken|鸡; duck|鸭子; swan|天鹅; goose|鹅; pigeon|鸽子; parrot|鹦鹉; owl|猫头鹰; eagle|老鹰; penguin|企鹅; peacock|孔雀; flamingo|火烈鸟; seagull|海鸥",
  "sea animal|海洋动物":
    "fish|鱼; goldfish|金鱼; shark|鲨鱼; whale|鲸鱼; dolphin|海豚; seal|海豹; octopus|章鱼; jellyfish|水母; crab|螃蟹; lobster|龙虾; turtle|乌龟; starfish|海星; coral|珊瑚; seashell|贝壳",
  "insect|昆虫":
    "butterfly|蝴蝶; bee|蜜蜂; ladybug|瓢虫; dragonfly|蜻蜓; spider|蜘蛛; ant|蚂蚁; snail|蜗牛; frog|青蛙; snake|蛇; lizard|蜥蜴; crocodile|鳄鱼",
  "plant|植物":
    "tree|树; forest|森林; flower|花; rose|玫瑰; tulip|郁金香; sunflower|向日葵; cherry blossom|樱花; lotus|荷花; orchid|兰花; grass|草; leaf|叶子; autumn leaves|秋叶; cactus|仙人掌; palm tree|棕榈树; bamboo|竹子; potted plant|盆栽; mushroom|蘑菇; garden|花园; bouquet|花束",
  "food|食物":
    "fruit|水果; apple|苹果; banana|香蕉; orange|橙子; grapes|葡萄; strawberry|草莓; watermelon|西瓜; lemon|柠檬; peach|桃子; cherries|樱桃; pineapple|菠萝; avocado|牛油果; vegetables|蔬菜; tomato|西红柿; carrot|胡萝卜; corn|玉米; broccoli|西兰花; salad|沙拉; bread|面包; pizza|披萨; hamburger|汉堡; french fries|薯条; sandwich|三明治; noodles|面条; pasta|意大利面; rice|米饭; dumplings|饺子; hot pot|火锅; sushi|寿司; soup|汤; meat|肉; barbecue|烧烤; seafood|海鲜; egg|鸡蛋; cheese|奶酪; cake|蛋糕; birthday cake|生日蛋糕; ice cream|冰淇淋; chocolate|巧克力; cookies|饼干; doughnut|甜甜圈; candy|糖果; breakfast|早餐",
  "drink|饮品":
    "coffee|咖啡; tea|茶; milk|牛奶; juice|果汁; beer|啤酒; wine|葡萄酒; cocktail|鸡尾酒; bubble tea|珍珠奶茶; bottle|瓶子",
  "nature|自然":
    "sky|天空; clouds|云; sunset|日落; sunrise|日出; night|夜晚; stars|星空; moon|月亮; rainbow|彩虹; rain|下雨; snow|雪; fog|雾; lightning|闪电; fire|火; fireworks|烟花; mountain|山; volcano|火山; desert|沙漠; beach|海滩; sea|大海; waves|海浪; lake|湖; river|河流; waterfall|瀑布; island|岛屿; field|田野; meadow|草地; cave|洞穴; space|太空; planet|行星",
  "place|地点":
    "city|城市; street|街道; skyline|天际线; village|村庄; house|房子; castle|城堡; church|教堂; temple|寺庙; tower|塔; skyscraper|摩天大楼; bridge|桥; road|道路; park|公园; playground|游乐场; market|市场; shop|商店; restaurant|餐厅; cafe|咖啡馆; kitchen|厨房; bedroom|卧室; living room|客厅; bathroom|浴室; office|办公室; classroom|教室; library|图书馆; museum|博物馆; hospital|医院; airport|机场; train station|火车站; stadium|体育场; swimming pool|游泳池; farm|农场; harbour|港口; underwater|水下; room|房间",
  "vehicle|交通工具":
    "car|汽车; taxi|出租车; bus|公交车; truck|卡车; motorcycle|摩托车; bicycle|自行车; train|火车; subway|地铁; airplane|飞机; helicopter|直升机; rocket|火箭; boat|船; sailboat|帆船; ship|轮船; tractor|拖拉机; balloon|气球; hot-air balloon|热气球",
  "object|物品":
    "book|书; newspaper|报纸; computer|电脑; laptop|笔记本电脑; mobile phone|手机; camera|相机; television|电视; clock|钟表; lamp|灯; candle|蜡烛; chair|椅子; table|桌子; sofa|沙发; bed|床; window|窗户; door|门; mirror|镜子; umbrella|雨伞; bag|包; suitcase|行李箱; gift|礼物; toy|玩具; teddy bear|玩具熊; doll|玩偶; robot|机器人; guitar|吉他; piano|钢琴; violin|小提琴; drum|鼓; ball|球; glasses|眼镜; sunglasses|墨镜; hat|帽子; crown|王冠; shoes|鞋子; dress|裙子; shirt|衬衫; suit|西装; jewellery|首饰; watch|手表; coins|硬币; banknotes|钞票; key|钥匙; tools|工具; lantern|灯笼; christmas tree|圣诞树; flag|旗帜; statue|雕像; heart|爱心",
  "document|文件":
    "text|文字; receipt|收据; invoice|发票; letter|信件; handwriting|手写字; identity card|身份证; business card|名片; menu|菜单; map|地图; chart|图表; diagram|示意图; table of numbers|表格; screenshot|截图; slide|幻灯片; poster|海报; logo|标志; QR code|二维码; barcode|条形码; sign|标牌; ticket|票; calendar|日历; sheet music|乐谱; whiteboard|白板",
  "activity|活动":
    "sports|运动; football|足球; basketball|篮球; tennis|网球; running|跑步; swimming|游泳; skiing|滑雪; cycling|骑行; hiking|徒步; climbing|攀岩; yoga|瑜伽; dancing|跳舞; concert|音乐会; party|聚会; cooking|烹饪; reading|阅读; shopping|购物; camping|露营; fishing|钓鱼; travel|旅行",
  "style|风格":
    "photograph|照片; black and white|黑白; illustration|插画; drawing|素描; oil painting|油画; watercolour|水彩; pixel art|像素画; cartoon|卡通; anime|动漫; 3D render|三维渲染; line art|线稿; pattern|图案; abstract|抽象; close-up|特写; aerial view|航拍; silhouette|剪影; vintage|复古; macro|微距",
};
