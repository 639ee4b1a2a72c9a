/**
 * What a person is told about one kind of failure; `{name}` is filled from the error's details. A part in `[…]` is told
 * only where all its details are known.
 */
interface ErrorEntry {
  readonly status: number;
  readonly en: string;
  readonly zh: string;
  /** True when the same request may succeed later without a change. */
  readonly retryable: boolean;
}

const entry = (status: number, en: string, zh: string, retryable = false): ErrorEntry => ({
  status,
  en,
  zh,
  retryable,
});

/** Every code a person can meet, once: HTTP status, message in both languages, and whether trying again helps. */
export const ERRORS = {
  // What to write
  text_empty: entry(422, "Write something for the code to say.", "请输入二维码要表达的内容。"),
  text_too_long: entry(
    422,
    "The text is {excess} bytes too long: this code holds at most {limit} bytes.",
    "文字超出 {excess} 字节：该二维码最多容纳 {limit} 字节。",
  ),
  text_not_encodable: entry(
    422,
    "The text holds characters that a QR code cannot carry.",
    "文字中含有二维码无法表示的字符。",
  ),
  version_too_small: entry(
    422,
    "The text does not fit version {version}: choose a larger version, or “auto”.",
    "文字放不进版本 {version}：请选择更大的版本或“自动”。",
  ),
  size_out_of_range: entry(
    422,
    "The size must be between {min} and {max} pixels.",
    "尺寸必须在 {min} 到 {max} 像素之间。",
  ),
  option_invalid: entry(422, "One of the settings is not valid.", "有一项设置无效。"),
  input_invalid: entry(422, "Something in the form is not right: {field}.", "表单中有内容不正确：{field}。"),
  tag_invalid: entry(
    422,
    "A tag has 1 to {limit} characters, and a picture at most {most} tags.",
    "每个标签需为 1 到 {limit} 个字符，每张图片最多 {most} 个标签。",
  ),
  // One's own words
  word_invalid: entry(
    422,
    "A word needs a name, in English or in Chinese. Names have at most {limit} characters, wordings at most {wording}, and a word at most {most} of them.",
    "每个词至少要有一个英文或中文名称。名称最多 {limit} 个字符，其他说法每条最多 {wording} 个字符，每个词最多 {most} 条。",
  ),
  word_taken: entry(
    409,
    "There is a word called “{name}” already. Pick another name.",
    "已经有名为“{name}”的词了，请换一个名称。",
  ),
  words_full: entry(
    409,
    "You have {limit} words of your own, as many as there can be. Remove one first.",
    "你已添加 {limit} 个词，达到上限。请先删除一个。",
  ),
  word_circular: entry(
    422,
    "A word can't lie under itself, or under one of its own narrower words.",
    "一个词不能归在它自己或它的下级词之下。",
  ),
  // The picture
  picture_required: entry(422, "Pick a picture for this look.", "这种风格需要选择一张图片。"),
  picture_unreadable: entry(
    422,
    "The picture is damaged or cut off and cannot be opened.",
    "图片已损坏或不完整，无法打开。",
  ),
  picture_type_unsupported: entry(
    415,
    "This file is not a picture we can open. Use JPEG, PNG, WebP, AVIF, HEIC or GIF.",
    "这个文件不是可以打开的图片。请使用 JPEG、PNG、WebP、AVIF、HEIC 或 GIF。",
  ),
  picture_svg: entry(
    415,
    "SVG drawings are not accepted: save the drawing as PNG first.",
    "不接受 SVG 图形：请先另存为 PNG。",
  ),
  picture_too_small: entry(
    422,
    "The picture is too small: use one of at least {min} pixels a side.",
    "图片太小：每边至少需要 {min} 像素。",
  ),
  picture_too_many_pixels: entry(
    413,
    "The picture has {megapixels} megapixels: at most {limit} are accepted.",
    "图片有 {megapixels} 百万像素：最多接受 {limit} 百万像素。",
  ),
  picture_large_already: entry(
    422,
    "The picture is large already: those of up to {limit} pixels a side can be made larger.",
    "图片已经够大了：只有单边不超过 {limit} 像素的图片可以放大。",
  ),
  picture_too_large: entry(413, "The file is larger than {limit} MB.", "文件大于 {limit} MB。"),
  thing_not_found: entry(
    422,
    "Nothing stands out from this photo's background. Use one that shows the whole thing in front of something plain.",
    "无法从这张照片的背景中分辨出物品。请使用完整拍下物品、背景干净的照片。",
  ),
  archive_unreadable: entry(
    422,
    "The archive is damaged or cut off: pack it again, or add its pictures one by one.",
    "压缩包已损坏或不完整：请重新打包，或直接添加其中的图片。",
  ),
  archive_too_many: entry(
    413,
    "The archive holds more than {limit} files: split it into smaller ones.",
    "压缩包内文件超过 {limit} 个：请拆成几个小的压缩包。",
  ),
  archive_bomb: entry(
    422,
    "The archive would unpack to far more than pictures do, and was not opened.",
    "压缩包解压后的体积远超图片应有的大小，未予打开。",
  ),
  archive_locked: entry(
    422,
    "This file is locked with a password: pack it without one.",
    "该文件有密码保护：请去掉密码后重新打包。",
  ),
  // Models
  weights_missing: entry(
    422,
    "The model {file} is not there[: it has no {part}].[ Similar names: {nearest}.] Choose another model, or have it installed again.",
    "找不到模型 {file}[：缺少 {part}]。[名称相近的有：{nearest}。]请选择其他模型，或重新安装它。",
  ),
  weights_pickle: entry(
    415,
    "{file} is a pickle file, which can run any program when it is opened. Use the .safetensors file of the same model.",
    "{file} 是 pickle 文件，打开时可能运行任意程序。请使用同一模型的 .safetensors 文件。",
  ),
  weights_damaged: entry(
    422,
    "The model[ {file}] is damaged or cut off[ at {layer}]. Download it again.",
    "模型[ {file}] 已损坏或不完整[（位于 {layer}）]。请重新下载。",
  ),
  weights_dtype_unsupported: entry(
    422,
    "[{file}: ]{layer} holds numbers of the kind {dtype}, which cannot be used. Use a version in F16, BF16 or F32.",
    "[{file}：]{layer} 使用了不支持的数字类型 {dtype}。请使用 F16、BF16 或 F32 版本。",
  ),
  weights_unknown: entry(
    422,
    "[{file} is not a model that can be used here.][ What was seen: {seen}.][ Not supported: {layer} {got}.] Check that it is the right kind of model.",
    "[{file} 不是这里可以使用的模型。][检测到：{seen}。][不支持：{layer} {got}。]请确认模型类型是否正确。",
  ),
  weights_key_missing: entry(
    422,
    "[{file}: ]The weight {key} is missing. The file is incomplete, or another kind of model.",
    "[{file}：]缺少权重 {key}。文件不完整，或属于其他类型的模型。",
  ),
  weights_shape_mismatch: entry(
    422,
    "[{file}: ]{layer} has the shape {got}[, where {expected} is needed]. It was made for another model.",
    "[{file}：]{layer} 的形状是 {got}[，需要的是 {expected}]。它是为其他模型制作的。",
  ),
  lora_fits_nothing: entry(
    422,
    "The LoRA {file} fits nothing in this model: it seems made for {seen}. It changes {keys}.",
    "LoRA {file} 与此模型完全不匹配：它似乎是为 {seen} 制作的。它修改的是 {keys}。",
  ),
  controlnet_fits_nothing: entry(
    422,
    "The ControlNet {file} goes with another kind of model than this one[: its {layer} is {got}, not {expected}]. Choose one that goes with it.",
    "ControlNet {file} 适用于另一类模型，不能与当前模型一起使用[：{layer} 为 {got}，应为 {expected}]。请选择与该模型匹配的 ControlNet。",
  ),
  lora_gone: entry(
    422,
    "The LoRA that was to be drawn with is not there any more, or is not yours. Choose another one, or none.",
    "要使用的 LoRA 已不存在，或不属于你。请选择其他 LoRA，或不使用。",
  ),
  album_gone: entry(
    409,
    "The album was deleted while it was made. What was drawn until then is in your gallery.",
    "相册在制作过程中被删除。已画好的图片保存在你的图库中。",
  ),
  pictures_locked: entry(
    409,
    "All of these pictures are locked. Unlock those that should be drawn anew.",
    "这些图片都已锁定。请先解锁需要重画的图片。",
  ),
  lora_damaged: entry(
    422,
    "The LoRA {file} is damaged at {layer}: {fault}. Download it again.",
    "LoRA {file} 在 {layer} 处已损坏：{fault}。请重新下载。",
  ),
  annotator_missing: entry(
    422,
    "The annotator[ “{annotator}”] needs a model of its own[: install {install}, or another of its kind,] in the folder models/annotators, with its config.json.",
    "预处理器[“{annotator}”]需要自己的模型[：请将 {install} 或同类模型]连同 config.json 安装到 models/annotators 文件夹。",
  ),
  tokenizer_damaged: entry(
    422,
    "The model's tokenizer cannot be used[: {file}]. Download the model again.",
    "无法使用模型的分词器[：{file}]。请重新下载模型。",
  ),
  parameters_damaged: entry(
    422,
    "The settings in this picture are damaged and cannot be read.",
    "图片中的生成参数已损坏，无法读取。",
  ),
  // Installing models
  operator_only: entry(
    403,
    "Only whoever looks after this studio may change its models: the first account, or those named in ADMIN_EMAILS.",
    "只有管理这个工作室的人可以更改模型：第一个注册的账户，或 ADMIN_EMAILS 中列出的账户。",
  ),
  model_source_unclear: entry(
    422,
    "“{source}” is no place that models come from. Use a name of the catalogue, hf:owner/repo/file or civitai:VERSION.",
    "“{source}”不是有效的模型来源。请使用目录中的名称、hf:owner/repo/file 或 civitai:版本号。",
  ),
  model_file_unclear: entry(
    422,
    "{source} holds no model as a whole. Say which file is meant[: {files}].",
    "{source} 不是一个完整的模型。请指明是哪个文件[：{files}]。",
  ),
  model_gone: entry(404, "{host} has no {file} (any more).", "{host} 上没有（或不再有）{file}。"),
  model_locked: entry(
    422,
    "{host} gives {file} only to those who signed in or accepted its terms. Do that there, and set {variable}.",
    "{host} 只向已登录或已接受条款的用户提供 {file}。请先在该网站完成，并设置 {variable}。",
  ),
  model_host_refused: entry(
    422,
    "Models may not come from {host}. Whoever runs the studio can add it to MODEL_HOSTS.",
    "不允许从 {host} 获取模型。工作室的管理者可以将其加入 MODEL_HOSTS。",
  ),
  model_host_failed: entry(
    503,
    "{host} cannot be reached, or broke off too often[: it answered {status}]. What has arrived is kept: try again later.",
    "无法连接 {host}，或连接多次中断[：返回 {status}]。已下载的部分已保留，请稍后重试。",
    true,
  ),
  model_page_instead: entry(
    422,
    "{host} sent a web page instead of {file}. It may ask you to sign in, or not have the file.",
    "{host} 返回的是网页，而不是 {file}。可能需要登录，或文件不存在。",
  ),
  model_differs: entry(
    422,
    "What arrived of {file} is not what was announced, and was thrown away. Try again; if it stays so, do not use it.",
    "收到的 {file} 与声明的内容不一致，已丢弃。请重试；如果仍然如此，请不要使用它。",
  ),
  model_kind_differs: entry(
    422,
    "{file} is a model of another kind than expected: {seen} instead of {expected}.",
    "{file} 的类型与预期不符：是 {seen}，而不是 {expected}。",
  ),
  model_family_unsupported: entry(
    422,
    "{file} is a model of the family {family}, which the studio cannot draw with yet. It draws with SD 1.5, SD 2, SDXL and what was made from them.",
    "{file} 属于 {family} 系列，工作室暂时无法用它绘画。可用的是 SD 1.5、SD 2、SDXL 以及基于它们的模型。",
  ),
  model_no_room: entry(
    507,
    "There is not enough room on the disk: {needed} are needed, {free} are free.",
    "磁盘空间不足：需要 {needed}，可用 {free}。",
  ),
  model_disk_full: entry(
    507,
    "The disk became full while the model {name} arrived. What has arrived is kept: free some space, then let it go on.",
    "下载模型 {name} 时磁盘已满。已下载的部分已保留：请腾出空间后继续。",
  ),
  model_present: entry(409, "A model called {name} is installed already.", "已经安装了名为 {name} 的模型。"),
  model_name_taken: entry(
    409,
    "Another model here is called {name} already. Remove that one first, or fetch this one by hand and import it under another name.",
    "这里已有另一个名为 {name} 的模型。请先删除它，或自行下载后以其他名称导入。",
  ),
  model_busy: entry(
    409,
    "This model is being downloaded already[, by the process {pid}].",
    "这个模型正在下载中[（进程 {pid}）]。",
  ),
  model_shipped: entry(
    409,
    "{name} belongs to the studio and cannot be removed.",
    "{name} 是工作室自带的，不能删除。",
  ),
  lora_expected: entry(
    422,
    "{file} is no LoRA: it is a model of the kind {seen}.",
    "{file} 不是 LoRA，而是 {seen} 类型的模型。",
  ),
  lora_too_large: entry(413, "A LoRA of one's own has at most {limit} MB.", "自己的 LoRA 最大 {limit} MB。"),
  lora_too_many: entry(
    422,
    "You have {limit} LoRAs already: remove one first.",
    "你已经有 {limit} 个 LoRA：请先删除一个。",
  ),
  // Drawing
  prompt_invalid: entry(
    422,
    "The prompt cannot be understood[: {got}][ (expected: {expected})].",
    "无法理解提示词[：{got}][（应为：{expected}）]。",
  ),
  size_invalid: entry(
    422,
    "The size cannot be drawn[: {setting} is {got}, not a multiple of {expected}][: {got} pixels are more than {limit}][: {width} × {height}].[ The nearest is {nearest}.]",
    "无法使用该尺寸[：{setting} 为 {got}，应为 {expected} 的倍数][：{got} 像素超过上限 {limit}][：{width} × {height}]。[最接近的尺寸是 {nearest}。]",
  ),
  mask_empty: entry(
    422,
    "Nothing is painted: what is white in the mask is drawn anew.",
    "没有涂抹任何地方：蒙版中白色的部分才会重画。",
  ),
  setting_invalid: entry(
    422,
    "A setting is not valid[: {setting}][ {got}][: the annotator {annotator}][ (accepted: {expected})][ (accepted: {known})].",
    "有一项设置无效[：{setting}][ {got}][：预处理器 {annotator}][（可用：{expected}）][（可用：{known}）]。",
  ),
  shape_mismatch: entry(
    422,
    "Something has the wrong size[: {layer}][: {got} instead of {expected}].",
    "尺寸不匹配[：{layer}][：{got}，应为 {expected}]。",
  ),
  device_unavailable: entry(
    503,
    "The device that INFERENCE_DEVICE asks for cannot be used here. Choose another one, or “auto”.",
    "无法使用 INFERENCE_DEVICE 指定的设备。请选择其他设备或“auto”。",
  ),
  device_lost: entry(
    503,
    "The graphics device stopped answering. Nothing was lost: try again in a moment.",
    "图形设备停止响应。没有丢失任何内容：请稍后重试。",
    true,
  ),
  out_of_memory: entry(
    503,
    "There is not enough memory for this[: the model needs {got} MB, and {expected} MB may be used]. Choose a smaller model or size, or raise INFERENCE_MEMORY_MB.",
    "内存不足[：模型需要 {got} MB，可用 {expected} MB]。请选择更小的模型或尺寸，或调高 INFERENCE_MEMORY_MB。",
  ),
  host_crashed: entry(
    503,
    "The process that draws ended twice ({how}), and the work was given up. It may have run out of memory: try a smaller size, or again later.",
    "绘图进程两次意外结束（{how}），任务已停止。可能是内存不足：请换更小的尺寸，或稍后重试。",
    true,
  ),
  // The work
  level_not_reached: entry(
    422,
    "No code from this picture passes the level “{level}”. Try another picture, look or level.",
    "用这张图片无法做出达到“{level}”等级的二维码。请换一张图片、一种风格或一个等级。",
  ),
  format_needs_drawing: entry(
    422,
    "SVG and PDF need a drawn look: “photo” is made of pixels. Choose PNG, WebP or JPEG.",
    "SVG 和 PDF 需要绘制类风格，“照片”由像素组成。请选择 PNG、WebP 或 JPEG。",
  ),
  nothing_read: entry(422, "No code was read in this picture.", "没有在这张图片中读到二维码。"),
  text_differs: entry(
    422,
    "The code was read, but it says something else.",
    "读到了二维码，但内容与预期不同。",
  ),
  file_unreadable: entry(422, "The file {file} cannot be read.", "无法读取文件 {file}。"),
  file_unwritable: entry(422, "The file {file} cannot be written.", "无法写入文件 {file}。"),
  job_interrupted: entry(
    503,
    "The work was interrupted too often and was given up. Nothing was lost: try again.",
    "任务多次中断，已停止。没有丢失任何内容：请重试。",
    true,
  ),
  job_not_retryable: entry(
    409,
    "Only a job that failed or was cancelled can be run again.",
    "只有失败或已取消的任务才能重新运行。",
  ),
  cancelled: entry(409, "The work was cancelled.", "任务已取消。"),
  // People and access
  not_found: entry(404, "This does not exist, or it is not yours.", "内容不存在，或不属于你。"),
  not_signed_in: entry(401, "Sign in first.", "请先登录。"),
  credentials_wrong: entry(401, "The e-mail or the password is wrong.", "邮箱或密码不正确。"),
  album_unknown: entry(404, "There is no album called “{title}”.", "没有名为“{title}”的相册。"),
  person_unknown: entry(
    404,
    "Nobody here has an account with the e-mail {email}.",
    "这里没有邮箱为 {email} 的账户。",
  ),
  person_nobody: entry(
    404,
    "Nobody has used this studio yet: open it in a browser and make an account first.",
    "还没有人使用过这个工作室：请先在浏览器中打开并注册账户。",
  ),
  person_unclear: entry(
    409,
    "Several people use this studio: say whose pictures are meant, with --as and their e-mail.",
    "有多人使用这个工作室：请用 --as 加邮箱说明是谁的图片。",
  ),
  email_taken: entry(409, "There is already an account with this e-mail.", "该邮箱已注册账户。"),
  provider_without_email: entry(
    422,
    "That account has no e-mail that we may see. Sign up with an e-mail and a password instead.",
    "该账户没有可用的邮箱。请改用邮箱和密码注册。",
  ),
  password_weak: entry(422, "Choose a password of at least {min} characters.", "密码至少需要 {min} 个字符。"),
  share_locked: entry(401, "This link asks for a password.", "打开这个链接需要密码。"),
  share_password_wrong: entry(
    401,
    "The password is wrong. Ask whoever sent you the link.",
    "密码不正确。请向发送链接的人确认。",
  ),
  // Programs
  api_key_invalid: entry(
    401,
    "This needs a valid API key: make one on your account page, and send it as “Authorization: Bearer”.",
    "需要有效的 API 密钥：请在账户页面创建，并以“Authorization: Bearer”发送。",
  ),
  api_scope_missing: entry(
    403,
    "This API key is not allowed to “{scope}”. Make one that is.",
    "该 API 密钥没有“{scope}”权限，请创建具有该权限的密钥。",
  ),
  api_keys_full: entry(
    409,
    "You have {limit} API keys, as many as there can be. Revoke one first.",
    "你已有 {limit} 个 API 密钥，达到上限。请先撤销一个。",
  ),
  idempotency_key_reused: entry(
    422,
    "This Idempotency-Key was sent with another request. Send a new one with a new request.",
    "这个 Idempotency-Key 已用于另一个请求。新的请求请使用新的值。",
  ),
  idempotency_key_busy: entry(
    409,
    "The first request with this Idempotency-Key is still being worked on. Ask again in {seconds} s.",
    "使用这个 Idempotency-Key 的第一个请求仍在处理中，请在 {seconds} 秒后重试。",
    true,
  ),
  quota_used_up: entry(
    429,
    "You have begun {limit} jobs today, as many as one may in a day. You can go on in {hours} h {minutes} min.",
    "你今天已发起 {limit} 个任务，达到每日上限。{hours} 小时 {minutes} 分钟后可以继续。",
    true,
  ),
  origin_mismatch: entry(403, "The request came from another site.", "请求来自其他网站。"),
  rate_limited: entry(
    429,
    "Too many requests. Try again in {seconds} seconds.",
    "请求过于频繁，请在 {seconds} 秒后重试。",
    true,
  ),
  // The machine
  disk_full: entry(
    507,
    "The disk is full: nothing was stored. Free some space and try again.",
    "磁盘已满：没有存入任何内容。请腾出空间后重试。",
    true,
  ),
  file_missing: entry(
    500,
    "The picture's file is missing or damaged in the store.",
    "存储中的图片文件缺失或已损坏。",
  ),
  storage_unavailable: entry(
    503,
    "The picture store cannot be reached. Try again in a moment.",
    "暂时无法访问图片存储，请稍后重试。",
    true,
  ),
  database_lost: entry(
    503,
    "The database cannot be reached. Nothing was lost: try again in a moment.",
    "暂时无法连接数据库。没有丢失任何内容：请稍后重试。",
    true,
  ),
  database_in_use: entry(
    503,
    "Another process (number {pid}) has the database in {folder} open. Stop it first.",
    "另一个进程（编号 {pid}）正在使用 {folder} 中的数据库。请先停止它。",
  ),
  database_not_ready: entry(503, "The database is not prepared: {reason}", "数据库尚未就绪：{reason}"),
  internal: entry(500, "Something went wrong on our side.", "我们这边出了点问题。"),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
/** Facts for the message: numbers and names, never a person's text or a secret. */
export type ErrorDetails = Readonly<Record<string, string | number>>;
export type Locale = "en" | "zh";

/** A failure with a stable code that every door (page, API, terminal) knows how to tell. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly details: ErrorDetails;
  constructor(
    readonly code: ErrorCode,
    options: { cause?: unknown; details?: ErrorDetails } = {},
  ) {
    super(errorMessage(code, options.details), { cause: options.cause });
    this.details = options.details ?? {};
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

const DETAIL = /\{(\w+)\}/g;

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === "string" && Object.hasOwn(ERRORS, value);

/** The message for people; an unknown code reads as "internal", a detail that is missing as "?". */
export function errorMessage(code: string, details: ErrorDetails = {}, locale: Locale = "en"): string {
  const template = ERRORS[isErrorCode(code) ? code : "internal"][locale];
  const known = (part: string) =>
    [...part.matchAll(DETAIL)].every(([, name]) => details[name!] !== undefined);
  return template
    .replace(/\[([^\]]*)\]/g, (_, part: string) => (known(part) ? part : ""))
    .replace(DETAIL, (_, name: string) => String(details[name] ?? "?"));
}

const LOST_DATABASE = new Set([
  // Prisma: cannot reach, timed out, denied, closed, no connection from the pool
  ...["P1000", "P1001", "P1002", "P1003", "P1008", "P1011", "P1017", "P2024", "P2037"],
  // PostgreSQL: connection lost, refused or rejected; shutting down, crashed, starting; too many clients
  ...["08000", "08001", "08003", "08004", "08006", "57P01", "57P02", "57P03", "53300", "28P01", "3D000"],
]);
/** What the system says of a connection that broke or never came about; whose it was, its caller knows. */
export const LOST_SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EPIPE",
  "EAI_AGAIN",
]);
const LOST_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
]);
const LOST_TEXT =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|PGlite is clos(ed|ing)|Can't reach database/;

/** Errors with codes of the table. */
const CODED: ReadonlySet<unknown> = new Set(["QrError", "EngineError", "AppError"]);

/**
 * Any thrown value as an AppError: engine errors keep their code, a full disk and a lost database are
 * recognised wherever they surface, everything else is "internal" with the cause kept.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  for (let error = thrown, depth = 0; isRecord(error) && depth < 6; error = causeOf(error), depth++) {
    const code = codeOf(error, thrown);
    if (code) return new AppError(code, { cause: thrown, details: detailsOf(error) });
  }
  return new AppError("internal", { cause: thrown });
}

/** What Prisma's raw queries died of is among the facts about them, and not their cause. */
function causeOf({ cause, meta }: Record<string, unknown>): unknown {
  return cause ?? (isRecord(meta) ? meta.driverAdapterError : undefined);
}

function codeOf(error: Record<string, unknown>, thrown: unknown): ErrorCode | null {
  const { name, code, kind, message } = error;
  // By name, not by class: bundles and threads each have their own copy of a class.
  if (CODED.has(name) && isErrorCode(code)) return code;
  if (name === "AbortError") return "cancelled";
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100") return "disk_full";
  if (typeof code === "string" && LOST_DATABASE.has(code)) return "database_lost";
  if (typeof kind === "string" && LOST_KINDS.has(kind)) return "database_lost";
  const fromPrisma = isRecord(thrown) && String(thrown.name).startsWith("PrismaClient");
  if (fromPrisma && typeof code === "string" && LOST_SOCKET.has(code)) return "database_lost";
  if (typeof message === "string" && LOST_TEXT.test(message)) return "database_lost";
  return null;
}

function detailsOf(error: Record<string, unknown>): ErrorDetails {
  return CODED.has(error.name) && isRecord(error.details) ? (error.details as ErrorDetails) : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
