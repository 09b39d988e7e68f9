// What services say when they refuse, and what it means: one ordered table, read from top to bottom; the first row with its code wins, or else the first with its words.
import type { ErrorCode, FailureScope } from '@g4f/core';

/** What a refusal means: what went wrong, and how far it reaches. */
export interface Meaning {
  readonly code: ErrorCode;
  readonly scope: FailureScope;
  /** What to do about it, where the advice of its code would be wrong. */
  readonly next?: string;
}

/** A meaning, and by what it is known. All in lower case, because that is what it is compared with. */
export interface Row extends Meaning {
  /** Codes and types of services that mean this and nothing else, compared as a whole. */
  readonly labels?: ReadonlySet<string>;
  /** What messages say. Every pattern is linear: repetitions are bounded, or of what cannot overlap with what follows. */
  readonly words?: RegExp;
  /** Not for a service that is limited, overloaded or down (429, 5xx): a model that is "not available" there soon is. */
  readonly ifRefused?: true;
}

const labels = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const row = (code: ErrorCode, scope: FailureScope, more: Omit<Row, 'code' | 'scope'>): Row => ({
  code,
  scope,
  ...more,
});

const CHOOSE_ANOTHER = 'Choose another provider: this one does not serve the place from which it is asked.';

/** The place from which it is asked is not served. */
export const NOT_SERVED_HERE: Meaning = {
  code: 'auth',
  scope: 'provider',
  next: CHOOSE_ANOTHER,
};

/** It is not the service that refuses, and it has not seen the key. */
export const SHUT_OUT: Meaning = {
  code: 'auth',
  scope: 'provider',
  next: 'Choose another provider: something before this service does not let this machine through.',
};

const SHORTEN = 'Shorten the conversation, or choose another provider: this one takes no more at once.';

/**
 * Sources: the services' pages on errors, and messages as their users report them.
 * - https://platform.openai.com/docs/guides/error-codes, https://docs.claude.com/en/api/errors
 * - https://ai.google.dev/gemini-api/docs/troubleshooting, https://console.groq.com/docs/errors
 * - https://openrouter.ai/docs/api-reference/errors, https://docs.github.com/rest/models/inference
 * - https://learn.microsoft.com/azure/ai-foundry/openai/how-to/content-filter
 * - https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
 * - https://docs.mistral.ai/api, https://docs.cohere.com/reference/errors, https://docs.x.ai/docs/key-information/debugging
 * - https://api-docs.deepseek.com/quick_start/error_codes, https://docs.bigmodel.cn/cn/api/api-code (1113 to 1311)
 * - https://platform.minimax.io/docs/api-reference/errorcode (`minimax-…`: its codes stand in a field of their own)
 * - https://help.aliyun.com/en/model-studio/error-code, https://platform.moonshot.ai/docs/api/chat
 * - https://developers.cloudflare.com/changelog/post/2026-03-11-json-rfc9457-responses-for-1xxx-errors
 * - https://developers.cloudflare.com/workers-ai/platform/errors, https://docs.together.ai/docs/error-codes
 * - https://docs.fireworks.ai/guides/inference-error-codes, https://huggingface.co/docs/inference-providers
 * - https://help.elevenlabs.io/hc/en-us/articles/19572237925521-API-Error-Code-400-or-401
 * - the sources of llama.cpp, Ollama, vLLM and text-generation-inference, and the messages of LM Studio
 * - what users showed of them, each with its address: `test/http/refusals-seen.txt`
 */
export const ROWS: readonly Row[] = [
  // What the model wrote is no call of these tools, or no such JSON: the next time it may be.
  row('server', 'moment', {
    labels: labels('tool_use_failed json_validate_failed'),
    words: /'failed_generation'/,
  }),
  // One request that is more than the account may send in a minute, or at all: waiting does not make it smaller.
  row('rate-limit', 'provider', {
    words: /request too large for .{0,200}(tokens per (min|day|hour)|\bt[pd]m\b)|required for long context/,
    next: SHORTEN,
  }),
  // Google: the plan of this key has no share at all of this model, though it asks to wait.
  row('rate-limit', 'provider', {
    words: /(metric|\([rt]p[md]\)): .{0,150}\blimit:? 0,/,
    next: 'Choose another model or provider: this plan has no share of this one.',
  }),
  // A model that the machine cannot hold, or cannot load.
  row('server', 'provider', {
    words:
      /requires more (system )?memory|insufficient system resources|(could not|failed to|unable to) load (the )?model/,
    next: 'Choose a smaller model, or another provider.',
  }),
  // Embeddings: more than the service takes in one request, though not more than the model.
  row('context-length', 'provider', {
    labels: labels('max_tokens_per_request'),
    words: /split into more batches|per submitted batch|too large to process|maximum allowed batch size/,
    next: 'Send fewer or shorter texts, or choose another provider: this one takes no more at once.',
  }),
  // What this server was not started for, or what the model's template does not take, whatever the status: llama.cpp's is 501 or 500.
  row('invalid-request', 'provider', {
    words:
      /(n't|not) support (embeddings|matryoshka)|pooling type .{0,40}is not oai compatible|supported - hint|not logits comput|(param|choice) requires --|jinja template|template error|roles? must alternate|roles are supported!/,
    next: 'Choose another provider, or a model that can do it.',
  }),
  // The plan's, the server's or the proxy's limit, and not that of the model: another provider may take it.
  row('context-length', 'provider', {
    labels: labels('tokens_limit_reached exceed_context_size_error request_too_large'),
    words:
      /request (body |entity )?(is )?too large|payload too large|max size: \d+ tokens|available context size|context size has been exceeded|\bn_ctx\b|kv[ -]cache|loaded with (a )?context length|max(imum)? context size|configured context size|maximum model length|cannot truncate prompt|number of tokens to keep/,
    next: SHORTEN,
  }),
  // The prompt leaves no room for an answer.
  row('context-length', 'request', {
    words: /max_tokens must be at least 1, got -|tokens \+ .?max_new_tokens/,
  }),
  // What is asked for is too long, and not what was said, though many of these name the context for comparison.
  row('invalid-request', 'request', {
    words:
      /max[_ ](completion_|output_|new_)?tokens\W{0,4}(or \W?max_\w{1,30}\W{0,3})?((value )?is too (large|big|high)|exceeds|must be|cannot|should be|value|: \d{1,12} >)|at most \d{1,12} completion tokens/,
  }),
  row('payment-required', 'key', {
    labels: labels(
      '1113 1309 billing_error arrearage exceeded_current_quota_error accountoverdueerror allocationquota.freetieronly ' +
        'minimax-1008',
    ),
    words:
      /insufficient[_ -](quota|balance|credit|fund)|balance is (too low|insufficient|not enough)|not enough (balance|credit|fund)|requires more credits|more credits are required|out of (credit|fund|balance)|(used|exceeded|reached|exhausted)[^.:]{0,40}(credits\b|credit limit|spend(ing)? (limit|cap)|usage limits)|(credit|spend(ing)?|key|prompt tokens) limit exceeded|(n't|not) have (any|enough) (credit|fund|balance)|arrears|overdue|negative (credit )?balance|payment required|unpaid|(no (remaining|more)|have no|has no) credits|credits? (is |are |has been |have been |have )?(exhausted|depleted|used up|run out)|please (recharge|top up)|inactive subscription|(subscription|trial)( \S{1,40})? (is |has |have )?(inactive|expired|ended|lapsed)|suspended.{0,60}(billing|spending|payment|invoice)|billing[_ ](is )?(not[_ ]active|hard[_ ]limit|disabled)|account is not active.{0,40}billing|余额不足|余额已用|欠费|充值/,
  }),
  // ElevenLabs' credits of a month, with status 401; with 429 it is a limit that waiting helps against.
  row('payment-required', 'key', {
    labels: labels('quota_exceeded'),
    words: /reached your usage limit/,
    ifRefused: true,
  }),
  row('rate-limit', 'moment', {
    labels: labels(
      '1302 1303 1304 1305 1308 1310 1312 1313 minimax-1002 minimax-1039 minimax-1041 minimax-2056',
    ),
    words:
      /rate[ _-]?limit|too[ _]many[ _]requests|throttl|service ?quota|usage limit\b|queue full|(daily|hourly|weekly|monthly) (\w{1,12} )?(limit|quota) (has been |was |is )?(reached|exceeded)|(token|request)s per (min|day|hour|sec)|too many tokens, please wait|请求.{0,10}(频率|过多)|限流/,
  }),
  // Of an account, and before what is said of a prompt: accounts are flagged as well.
  row('auth', 'key', {
    labels: labels('1110 1111 1112 1121'),
    words:
      /\b(account|organi[sz]ation|project|workspace|team)( \S{1,80})? (is|was|has been|have been)( \w{1,20}){0,2} (deactivated|disabled|suspended|banned|restricted|terminated|flagged|locked|denied access)|\b(key|user|ip( address)?) (is|was|has been) (\w{1,20} )?flagged|\b(account|organi[sz]ation)\b.{0,40}violat/,
  }),
  row('auth', 'provider', {
    labels: labels('unsupported_country_region_territory'),
    words:
      /(location|country|countries|region|territory)\b.{0,40}(not (supported|available|allowed|permitted|served|eligible)|unsupported|restricted|forbidden|prohibited|blocked)|(not|un)[ -]?(supported|available|allowed|served)\b.{0,30}\b(location|country|region|territory)\b|check your network settings/,
    next: CHOOSE_ANOTHER,
  }),
  // Cloudflare's own numbers, 1000 to 1999: `error code: 1010`, or the address of its page on one in JSON.
  {
    ...SHUT_OUT,
    words: /(^| )error code: 1\d{3}\s*$|\/cloudflare-1xxx-errors\//,
    ifRefused: true,
  },
  row('content-filter', 'request', {
    labels: labels('1301 flagged_input unsafe_request minimax-1026 minimax-1027 bio_policy cyber_policy'),
    words:
      /content[_ -]?(filter|policy|management|moderation)|responsible ?ai|safety[ _](system|filter|check|setting|polic)|(prompt|input|message|content|output|response|text|image)s?\b.{0,40}(blocked (by|for|due)|moderated|filtered|rejected (by|for|due))|\bflagged\b|violat.{0,40}(polic|guideline|terms)|policy_violation|content exists risk|data_?inspection_?failed|(sensitive|unsafe|prohibited|disallowed|harmful)[ _]?(content|word|information|text)|new_sensitive|(failed|blocked by) moderation|moderation (failed|block|flag)|敏感(内容|信息|词)|涉敏|违规内容/,
  }),
  row('context-length', 'request', {
    labels: labels('1261'),
    words:
      /context[_ -]?(length|window|size|limit)|max(imum)? (context|prompt|input) (length|size|tokens)|(prompts?|inputs?|requests?|messages?|conversation|context)( tokens?| text)? (is |are |was )?too long\b|(prompt|conversation|context) (is )?too large|input.{0,20}too long|too many (input |prompt )?tokens|token (limit|count) exceed|tokens is too large|(prompt|input) tokens? .{0,30}exceed|(reduce|shorten) (the )?(length|size) of (the |your )?(message|prompt|input|conversation)|exceed.{0,80}((model |maximum )?token limit|maximum number of (input )?tokens|max(imum)? (allowed )?(input|prompt))|maximum (allowed )?(number of )?(input )?tokens|exceed.{0,60}\bcontext\b|longer than.{0,40}(context|max|allowed)|(input|prompt) length should be|must have less than \d{1,12} tokens|上下文.{0,10}(超|过长)|(输入|长度|token).{0,20}(超长|过长|超过|超出)|(超过|超出).{0,20}(最大长度|长度限制|token|上下文)/,
  }),
  row('auth', 'key', {
    labels: labels('minimax-1004 minimax-2049'),
    words:
      /(invalid|incorrect|wrong|expired|revoked|missing|no)[_ -]?(api|access|auth|bearer)[_ -]?(key|token)\b|api[_ -]?(key|token)[_ ](is |was |has )?(not valid|invalid|incorrect|expired|missing|wrong|been revoked|not found)|authentication[_ ](fails|failed|error)|(密钥|令牌|api ?key).{0,10}(无效|错误|过期)/,
  }),
  // Speech: voices are a service's own, and the model is there.
  row('invalid-request', 'provider', {
    labels: labels('voice_not_found'),
    words:
      /\bvoices?(_id)?\b((?!model).){0,60}\b(not (be )?found|(not|n't) exist|not (available|supported|valid))|\b(unknown|invalid|unsupported|no such) voice\b/,
    next: 'Name a voice that this service has, or choose another provider.',
    ifRefused: true,
  }),
  // It passes, though the status says that the request is wrong.
  row('server', 'moment', {
    words:
      /\boverloaded\b|(experiencing|under) (\w{1,10} )?(high|heavy) (demand|load)\b|model( \S{1,120})? is (still |currently |being )?loading\b|no healthy (deployment|upstream|backend)|\bat capacity\b|degraded function/,
    ifRefused: true,
  }),
  // A feature that this provider's model lacks; the same model elsewhere may have it.
  row('invalid-request', 'provider', {
    labels: labels('data_residency_mismatch'),
    words:
      /(n't|not) support(ed)? ?(for )?.{0,20}(tools?\b|think|prefill|chat\b|tool[_ -](use|call)|function|image|vision|audio|video|file|document|pdf|json[_ ](schema|mode|object)|response[_ -]?format|structured output|streaming|system (message|prompt|instruction)|developer (message|role|instruction))|\b(thinking( \w{1,10})?|think value \S{1,20}|tools?|tool[_ -]?(use|calls?|calling|choice)|functions?|function[_ -]?call(s|ing)?|images?|image[_ -](inputs?|urls?)|vision|audio|video|files?|documents?|json[_ -](schema|mode|object)|response_format|structured outputs?|streaming|(system|developer) (messages?|prompts?|instructions?|role)|n ?> ?1|multiple (choices|completions|images))\W{1,4}(is |are )?(currently )?not (supported|enabled|available|allowed|accepted)\b|only supported (by|for|on|with|in) (certain|some|select|specific|other|newer)\b|role:developer|only supports? stream|non-streaming calls|response mime type.{0,40}unsupported|(unexpected|expected last) role\b|organization must be verified|at most \d{1,6} (image|audio|video|file)|(unsupported|invalid) '?(media|content|image|mime)'?[ _-]?type/,
    next: 'Choose another provider, or a model that can do it.',
    ifRefused: true,
  }),
  // A field that this service does not know; another may.
  row('invalid-request', 'provider', {
    words:
      /\bproperty \S{1,80} is (not |un)supported|cannot find field|extra inputs are not permitted|additional propert(y|ies)\b.{0,60}not allowed/,
    next: 'Leave the parameter out, or choose another provider.',
    ifRefused: true,
  }),
  // What a model does not take, it takes nowhere.
  row('invalid-request', 'request', {
    words:
      /minimax-2013|\bimage_(too|parse|file)_|_image_(file|media)|download_image|(un(supported|known|recognized)|invalid)[ _](parameter|value|argument|field)|\bparam(eter)?s?\b.{0,60}(not |un)supported/,
    ifRefused: true,
  }),
  row('model-not-found', 'provider', {
    labels: labels(
      '1211 1220 1221 1222 1311 5007 5016 5018 no_access deploymentnotfound operationnotsupported ' +
        'accessdenied.unpurchased model.accessdenied minimax-2061',
    ),
    words:
      /model[_ -]?not[_ -]?(found|supported|available|exist)|model_(decommissioned|terms|permission)|\bmodels?\b\S{0,120}( \S{1,120}){0,4}? ((does not|doesn't|not) exist|(is |was |are |currently )?not (currently |yet )?(found|available|supported|enabled|accessible|deployed|loaded|active|served)|unavailable|no longer (available|supported|offered|served)|(is )?only available|(has been|have been|was|is|been|is being) (now |currently |temporarily )?(deprecated|decommissioned|removed|retired|discontinued|shut ?down|disabled|sunset))|(unknown|invalid|unsupported|unrecognized|unavailable|no such|not a valid|incorrect|deprecated)[_ -]model|no (endpoints?|allowed providers|available providers|models?) (found|loaded|available|are available)|(unable|not allowed|not authorized|not permitted|not have|without|no) (permission )?(to )?access (to )?.{0,40}\bmodel|access to (the |this )?model|(permission|allowed) to (use|access|sample) .{0,40}\bmodel|model.{0,80}(requires? (terms|a subscription)|terms acceptance|agreement)|model (identifier|id|code|name)\b.{0,60}(invalid|incorrect|unknown|check)|on-demand throughput|模型.{0,40}(不存在|不支持|未开通|已下线|未找到|无权|已停用)/,
    ifRefused: true,
  }),
];
