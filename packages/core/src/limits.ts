// How much of anything a service may choose: above it an answer is `bad-response`, never more work or memory.

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * The most that is read of one answer. docs/limits.md is generated from it. All of them together leave room in a heap of
 * 128 MiB: text takes two bytes a character, and a text of many short pieces 32 bytes more for each of them.
 */
export const LIMITS = {
  /** Choices in one answer. */
  choices: 128,
  /** Tool calls in one choice. */
  toolCalls: 1024,
  /** Characters of an answer in messages that are kept to tell a repetition; of a longer one all are pieces. */
  comparedCharacters: 1_000_000,
  /** Items of one response, or blocks of one message. */
  items: 4096,
  /** Warnings of one answer; what follows them is left out. */
  warnings: 256,
  /** Pages of the items of one stored response that a loop reads. */
  itemPages: 10_000,
  /** Lists and objects inside each other in one payload. */
  nesting: 200,
  /** A place in a list that a path of Gemini's partial arguments names. */
  pathIndex: 10_000,
  /** Bytes of the file that G4F_CONFIG names. */
  configurationBytes: 1_048_576,
  /** Values in one payload: a list of empty objects takes twenty times its text. */
  values: 1_000_000,
  /** Bytes of one event, or one line, of a streamed answer; comments, blanks and empty events may be twice as long until something is said. */
  frameBytes: 16 * MIB,
  /** Bytes of an answer that comes as one JSON value, once its content encoding is undone, with the blanks before it; embeddings: of each batch of texts. */
  answerBytes: 16 * MIB,
  /** Bytes of an answer with images, of one event with an image, or of all images that are downloaded for one answer. */
  imageBytes: 40 * MIB,
  /** Bytes of an answer with sound inside its JSON: ten minutes of samples in base64. */
  audioBytes: 40 * MIB,
  /** Questions after an image that is made in the background; the last come 5 seconds apart. */
  imagePolls: 240,
  /** Bytes of sound that is given whole; read piece by piece, or written to a file, it has no limit. */
  soundBytes: 64 * MIB,
  /** Characters of a streamed answer that have to be kept while it is read: reasoning, arguments, blocks that are handed out whole. */
  keptCharacters: 16 * MIB,
  /** Characters of an answer that is awaited as a whole, its reasoning, calls and fields together. */
  foldedCharacters: 16 * MIB,
  /** Events of an answer that is awaited as a whole. */
  foldedEvents: 1_000_000,
  /** Characters of an answer that one stream of `tee()` has read and the other has not. */
  teedCharacters: 16 * MIB,
  /** Characters as JSON of one answer that is recorded on a tape. */
  tapedCharacters: 64 * MIB,
  /** Bytes of a list of models. */
  modelListBytes: 16 * MIB,
  /** Models in a list of models; what follows them is left out. */
  models: 20_000,
  /** Bytes of the body of a refusal; what follows them is not read. */
  refusalBytes: 64 * KIB,
  /** Bytes of all headers of an answer. */
  headerBytes: 16 * KIB,
  /** Bytes of a file that is downloaded to be sent to a service. */
  downloadedBytes: 64 * MIB,
  /** Bytes of a file that is sent inside a JSON body. */
  inlineBytes: 14 * MIB,
  /** Bytes that a server on this machine may answer to one question of `discover()`. */
  discoveredBytes: MIB,
  /** Bytes of a conversation in a file. */
  conversationBytes: 256 * MIB,
  /** Rows of a gateway's usage ledger that wait while its state is away; the oldest is lost. */
  keptRows: 10_000,
  /** Tokens of one kind that a gateway counts of one call. */
  countedTokens: 1_000_000_000,
  /** Dollars that a gateway counts of one call. */
  countedDollars: 10_000,
  /** Virtual keys whose terms a gateway remembers for a time when its state is away. */
  rememberedKeys: 10_000,
  /** Lists and objects (messages, their parts, tools) in the body of one request to a gateway. */
  bodyObjects: 50_000,
  /** Headers of one request to a gateway. */
  requestHeaders: 200,
  /** Responses that a gateway keeps in its memory for `previous_response_id`; the oldest goes first. */
  storedResponses: 1000,
  /** Characters of all of them, as JSON; and of one text (a response, an answer of the cache) in a state of SQLite or Redis. */
  storedCharacters: 16 * MIB,
  /** Days that the gateway keeps a response in a state of SQLite or Redis. */
  storedDays: 30,
  /** Responses, and as many answers of the cache, that a gateway keeps in a file of SQLite; looked at once an hour. */
  storedOnDisk: 100_000,
  /** Pools of connections, one for each proxy and connect deadline; the one used longest ago is closed. */
  pools: 64,
  /** Characters of a service's words that are searched for what they mean, and for how long to wait. */
  searchedCharacters: 4096,
} as const;

/** What callers of a gateway (`@g4f/server`) may make it read after it has answered. Apart, as {@link TOOL_LIMITS} are. */
export const GATEWAY_LIMITS = {
  /** Bytes of a body that a gateway reads for nothing after its answer, before it closes the connection. */
  unwantedBytes: 256 * MIB,
  /** Milliseconds for which it does. */
  unwantedMs: 5000,
  /** The same where the caller was not let in (401, 403), or the request is no HTTP that can be read. */
  strangerBytes: MIB,
  /** Milliseconds for which it does. */
  strangerMs: 1000,
  /** Connections on which it does so at once; the one that began first is closed. */
  unwantedAtOnce: 100,
  /** Milliseconds in which the headers of a request to a gateway, or to MCP over HTTP, must have come. */
  headersMs: 30_000,
  /** Milliseconds after which a connection is closed whose caller reads nothing of its answer, or over which nothing is asked. */
  unreadMs: 60_000,
  /** Bytes that the Redis of a gateway's state may say in answer to one command, or to none, before its connection is closed. */
  redisReplyBytes: 64 * MIB,
} as const;

/** The same for `@g4f/web` and `@g4f/mcp`. Apart, so that a program that only chats does not carry it. */
export const TOOL_LIMITS = {
  /** Bytes of a page that is read, once its content encoding is undone; and characters of the markdown that is made of it. */
  pageBytes: 8 * MIB,
  /** Characters of what a page says of itself: its title, its author, its description, each. */
  pageFactCharacters: 1000,
  /** Redirects on the way to a page. */
  pageRedirects: 10,
  /** Bytes that a search engine may answer. */
  searchBytes: 4 * MIB,
  /** Bytes of one message of an MCP server. */
  mcpMessageBytes: 8 * MIB,
  /** Messages of an MCP server between two calls. */
  mcpMessages: 20_000,
  /** Lines of an MCP server between two calls that are no messages: many write their log there. */
  mcpNoise: 10_000,
  /** Tools of one MCP server; what follows them is left out. */
  mcpTools: 512,
  /** Characters of what an MCP tool gives that a model is told (the rest is left out), and of its schema (with more it is no tool). */
  mcpResultCharacters: 200_000,
  /** Milliseconds in which a whole request to an MCP server over HTTP must have come. */
  mcpRequestMs: 60_000,
  /** Sessions of an MCP server over HTTP; the one used longest ago is closed. */
  mcpSessions: 64,
} as const;
