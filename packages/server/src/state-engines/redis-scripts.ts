// What Redis does in one step. Scripts are atomic, and take the time of Redis: several gateways agree on it, whatever their own clocks say.
// Names of keys are made inside the scripts, so that a Redis Cluster cannot run them.

/** Time, periods and the freeing of what a call had reserved, for the scripts below. */
const COMMON = `
local prefix = ARGV[1]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local LENGTHS = { minute = 60000, hour = 3600000, day = 86400000 }
-- In seconds; long after the period, because clocks jump.
local KEPT = { minute = 3600, hour = 86400, day = 259200, month = 5184000 }

local function month_of(ms)
  local z = math.floor(ms / 86400000) + 719468
  local era = math.floor(z / 146097)
  local doe = z - era * 146097
  local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524) - math.floor(doe / 146096)) / 365)
  local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
  local mp = math.floor((5 * doy + 2) / 153)
  local year = yoe + era * 400
  local month = mp < 10 and mp + 3 or mp - 9
  if month <= 2 then year = year + 1 end
  return (year - 1970) * 12 + month - 1
end

local function period_at(per)
  if per == 'total' then return 0 end
  if per == 'month' then return month_of(now) end
  return math.floor(now / LENGTHS[per])
end

local function whole(number) return string.format('%.0f', number) end
local function counter(key, name, period) return prefix .. 'used:' .. key .. ':' .. name .. ':' .. period end
local function keep(place, name)
  local per = string.match(name, '%S+$')
  if KEPT[per] then redis.call('EXPIRE', place, KEPT[per]) end
end

local function free(key, call)
  local held = redis.call('HGET', prefix .. 'held:' .. key, call)
  local periods = {}
  if held then
    for name, period, amount in string.gmatch(held, '([^|;]+)|(%d+)|(%d+)') do
      periods[name] = period
      local place = counter(key, name, period)
      if redis.call('EXISTS', place) == 1 then
        -- 0 - 0 is 0, and -0 is no number to Redis.
        redis.call('HINCRBY', place, 'reserved', whole(0 - tonumber(amount)))
        redis.call('HINCRBY', place, 'calls', -1)
      end
    end
    redis.call('HDEL', prefix .. 'held:' .. key, call)
    redis.call('ZREM', prefix .. 'leases:' .. key, call)
  end
  return periods
end

local function expire(key)
  for _, call in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'leases:' .. key, '-inf', now, 'LIMIT', 0, 100)) do
    free(key, call)
  end
end

local function stand(key, name, period)
  local found = redis.call('HMGET', counter(key, name, period), 'used', 'reserved', 'calls')
  return tonumber(found[1] or '0'), tonumber(found[2] or '0'), tonumber(found[3] or '0')
end
`;

/** prefix, key, call, lease; for each want: unit and period, period, most, amount, 1 if bound → now, or why, at, used, now. The rule of `decide.ts`. */
export const RESERVE = `${COMMON}
local key, call, lease = ARGV[2], ARGV[3], tonumber(ARGV[4])
expire(key)
local held = {}
for at = 5, #ARGV, 5 do
  local name, period, most = ARGV[at], whole(period_at(ARGV[at + 1])), tonumber(ARGV[at + 2])
  local amount, bound = tonumber(ARGV[at + 3]), ARGV[at + 4] == '1'
  local used, reserved, calls = stand(key, name, period)
  if string.sub(name, 1, 9) == 'requests ' then used, reserved, calls = used + reserved, 0, 0 end
  local left = most - used
  local function refused(why) return { why, (at - 5) / 5, whole(used), whole(now) } end
  if left <= 0 then return refused('used-up') end
  if amount < 0 or amount > left - reserved then
    if bound and amount > left then return refused('too-much') end
    if calls > 0 then return refused('busy') end
    amount = left
  end
  held[#held + 1] = { name, period, amount }
end
local texts = {}
for _, one in ipairs(held) do
  local place = counter(key, one[1], one[2])
  redis.call('HINCRBY', place, 'reserved', whole(one[3]))
  redis.call('HINCRBY', place, 'calls', 1)
  keep(place, one[1])
  texts[#texts + 1] = one[1] .. '|' .. one[2] .. '|' .. whole(one[3])
end
redis.call('HSET', prefix .. 'held:' .. key, call, table.concat(texts, ';'))
redis.call('ZADD', prefix .. 'leases:' .. key, whole(now + lease), call)
return { 'granted' }
`;

/** prefix, lease; key and call of each */
export const RENEW = `${COMMON}
for at = 3, #ARGV, 2 do
  redis.call('ZADD', prefix .. 'leases:' .. ARGV[at], 'XX', whole(now + tonumber(ARGV[2])), ARGV[at + 1])
end
return 1
`;

/** prefix, key, id, day, row, sums' field, days kept, failed, prompt, completion, cost; for each charge: name, period, amount → 1 if it was new */
export const SETTLE = `${COMMON}
local key, id, day = ARGV[2], ARGV[3], ARGV[4]
if redis.call('EXISTS', prefix .. 'done:' .. id) == 1 then return 0 end
-- Before anything is written: what comes again would be counted again.
for place, type in pairs({
  [prefix .. 'held:' .. key] = 'hash', [prefix .. 'leases:' .. key] = 'zset', [prefix .. 'rows:' .. day] = 'stream',
  [prefix .. 'sums:' .. day] = 'hash', [prefix .. 'days'] = 'set',
}) do
  local found = redis.call('TYPE', place).ok
  if found ~= 'none' and found ~= type then return redis.error_reply('WRONGTYPE of ' .. place .. ': ' .. found) end
end
local periods = free(key, id)
for at = 12, #ARGV, 3 do
  local name = ARGV[at]
  local place = counter(key, name, periods[name] or whole(period_at(ARGV[at + 1])))
  redis.call('HINCRBY', place, 'used', ARGV[at + 2])
  keep(place, name)
end
local seconds = tonumber(ARGV[7]) * 86400
redis.call('XADD', prefix .. 'rows:' .. day, '*', 'row', ARGV[5])
local sums = prefix .. 'sums:' .. day
for at, name in ipairs({ 'failed', 'promptTokens', 'completionTokens', 'cost' }) do
  if ARGV[7 + at] ~= '0' then redis.call('HINCRBY', sums, ARGV[6] .. name, ARGV[7 + at]) end
end
redis.call('HINCRBY', sums, ARGV[6] .. 'requests', 1)
redis.call('EXPIRE', sums, seconds)
redis.call('EXPIRE', prefix .. 'rows:' .. day, seconds)
redis.call('SADD', prefix .. 'days', day)
-- Last: a step that fails leaves a row that may come again.
redis.call('SET', prefix .. 'done:' .. id, 1, 'EX', 3600)
return 1
`;

/** prefix, key; for each limit: name, period → now; used, reserved of each */
export const STANDING = `${COMMON}
expire(ARGV[2])
local found = { whole(now) }
for at = 3, #ARGV, 2 do
  local used, reserved = stand(ARGV[2], ARGV[at], whole(period_at(ARGV[at + 1])))
  found[#found + 1] = whole(used)
  found[#found + 1] = whole(reserved)
end
return found
`;

/** Takes away the digest by which a key is found, of a record that may be damaged. */
const FORGET_HASH = `
local prefix = ARGV[1]
local function field_of(text, name)
  local fine, record = pcall(cjson.decode, text)
  local value = fine and type(record) == 'table' and record[name]
  return type(value) == 'string' and value or nil
end
local function forget_hash(id, text)
  local hash = field_of(text, 'hash')
  if hash then return redis.call('HDEL', prefix .. 'hashes', hash) end
  local all = redis.call('HGETALL', prefix .. 'hashes')
  for at = 1, #all, 2 do
    -- One that cannot be read opens nothing, whosever it is.
    if (field_of(all[at + 1], 'id') or id) == id then redis.call('HDEL', prefix .. 'hashes', all[at]) end
  end
end
`;

/** prefix, id, hash, record */
export const SAVE_KEY = `${FORGET_HASH}
local id, hash, record = ARGV[2], ARGV[3], ARGV[4]
local old = redis.call('HGET', prefix .. 'keys', id)
if old then forget_hash(id, old) end
redis.call('HSET', prefix .. 'keys', id, record)
redis.call('HSET', prefix .. 'hashes', hash, record)
return 1
`;

/** prefix, id, record before, hash, record → 1 if it was that before */
export const REPLACE_KEY = `${FORGET_HASH}
local id, before, hash, record = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('HGET', prefix .. 'keys', id) ~= before then return 0 end
forget_hash(id, before)
redis.call('HSET', prefix .. 'keys', id, record)
redis.call('HSET', prefix .. 'hashes', hash, record)
return 1
`;

/** prefix, id → 1 if it was there */
export const DELETE_KEY = `${FORGET_HASH}
local id = ARGV[2]
local old = redis.call('HGET', prefix .. 'keys', id)
if not old then return 0 end
forget_hash(id, old)
redis.call('HDEL', prefix .. 'keys', id)
redis.call('DEL', prefix .. 'held:' .. id, prefix .. 'leases:' .. id)
for _, unit in ipairs({ 'requests', 'tokens', 'dollars' }) do
  redis.call('DEL', prefix .. 'used:' .. id .. ':' .. unit .. ' total:0')
end
return 1
`;
