// What Redis does in one step. Scripts are atomic, and take the time of Redis: several gateways agree on it, whatever their own clocks say.
// Names of keys are made inside the scripts, so that a Redis Cluster cannot run them.

/**
 * Changes that are planned, then written: what fails halfway has written its first half, and would write that again when it comes again.
 * `plan` fails where Redis would refuse a change, for what stands there or for a number; `write` makes all that are planned.
 */
const CHANGES = `
local prefix = ARGV[1]
local TYPES = { HINCRBY = 'hash', HSET = 'hash', HDEL = 'hash', ZADD = 'zset', ZREM = 'zset', SADD = 'set' }
-- Redis adds up to 2^63; a script reads numbers of this size to about a thousand.
local MOST = 9.2e18
local planned, totals = {}, {}

-- As strict as Redis where it adds: what Lua alone takes, as 'nan', is above no limit.
local function number_in(place, text)
  if text ~= '0' and not string.match(text, '^%-?[1-9]%d*$') then error('value is not an integer: ' .. place, 0) end
  return tonumber(text)
end

local function plan(...)
  local command, place, field, amount = ...
  local found = redis.call('TYPE', place).ok
  if TYPES[command] and found ~= 'none' and found ~= TYPES[command] then
    error('WRONGTYPE of ' .. place .. ': ' .. found, 0)
  end
  if command == 'HINCRBY' then
    local sum = place .. ' ' .. field
    totals[sum] = totals[sum] or math.abs(number_in(place, redis.call('HGET', place, field) or '0'))
    totals[sum] = totals[sum] + math.abs(number_in(place, amount))
    if totals[sum] > MOST then error('value would overflow: ' .. place, 0) end
  end
  planned[#planned + 1] = { ... }
end

local function write()
  for _, change in ipairs(planned) do redis.call(unpack(change)) end
  planned, totals = {}, {}
end
`;

/** Time, periods and the freeing of what a call had reserved, for the scripts below. */
const COMMON = `${CHANGES}
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
  if KEPT[per] then plan('EXPIRE', place, KEPT[per]) end
end

-- Plans it.
local function free(key, call)
  local held = redis.call('HGET', prefix .. 'held:' .. key, call)
  local periods = {}
  if held then
    for name, period, amount in string.gmatch(held, '([^|;]+)|(%d+)|(%d+)') do
      periods[name] = period
      local place = counter(key, name, period)
      if redis.call('EXISTS', place) == 1 then
        -- 0 - 0 is 0, and -0 is no number to Redis.
        plan('HINCRBY', place, 'reserved', whole(0 - tonumber(amount)))
        plan('HINCRBY', place, 'calls', '-1')
      end
    end
    plan('HDEL', prefix .. 'held:' .. key, call)
    plan('ZREM', prefix .. 'leases:' .. key, call)
  end
  return periods
end

local function expire(key)
  for _, call in ipairs(redis.call('ZRANGEBYSCORE', prefix .. 'leases:' .. key, '-inf', now, 'LIMIT', 0, 100)) do
    free(key, call)
    write()
  end
end

local function stand(key, name, period)
  local place = counter(key, name, period)
  local found = redis.call('HMGET', place, 'used', 'reserved', 'calls')
  local function number(at) return number_in(place, found[at] or '0') end
  return number(1), number(2), number(3)
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
  plan('HINCRBY', place, 'reserved', whole(one[3]))
  plan('HINCRBY', place, 'calls', '1')
  keep(place, one[1])
  texts[#texts + 1] = one[1] .. '|' .. one[2] .. '|' .. whole(one[3])
end
plan('HSET', prefix .. 'held:' .. key, call, table.concat(texts, ';'))
plan('ZADD', prefix .. 'leases:' .. key, whole(now + lease), call)
write()
return { 'granted' }
`;

/** prefix, lease; key and call of each. One that cannot be renewed is told of when all others are. */
export const RENEW = `${COMMON}
local answer = 1
for at = 3, #ARGV, 2 do
  local said = redis.pcall('ZADD', prefix .. 'leases:' .. ARGV[at], 'XX', whole(now + tonumber(ARGV[2])), ARGV[at + 1])
  if type(said) == 'table' then answer = said end
end
return answer
`;

/** prefix, key, id, day, row, sums' field, days kept, failed, prompt, completion, cost; for each charge: name, period, amount → 1 if it was new */
export const SETTLE = `${COMMON}
local key, id, day = ARGV[2], ARGV[3], ARGV[4]
local done, rows, sums = prefix .. 'done:' .. id, prefix .. 'rows:' .. day, prefix .. 'sums:' .. day
if redis.call('EXISTS', done) == 1 then return 0 end
local periods = free(key, id)
for at = 12, #ARGV, 3 do
  local name = ARGV[at]
  local place = counter(key, name, periods[name] or whole(period_at(ARGV[at + 1])))
  plan('HINCRBY', place, 'used', ARGV[at + 2])
  keep(place, name)
end
for at, name in ipairs({ 'failed', 'promptTokens', 'completionTokens', 'cost' }) do
  if ARGV[7 + at] ~= '0' then plan('HINCRBY', sums, ARGV[6] .. name, ARGV[7 + at]) end
end
plan('HINCRBY', sums, ARGV[6] .. 'requests', '1')
local seconds = tonumber(ARGV[7]) * 86400
plan('EXPIRE', sums, seconds)
plan('EXPIRE', rows, seconds)
plan('SADD', prefix .. 'days', day)
-- First: where a change fails that no plan foresees, as one that the user of Redis may not make, nothing is counted again.
redis.call('SET', done, 1, 'EX', 3600)
local said = redis.pcall('XADD', rows, '*', 'row', ARGV[5])
if type(said) == 'table' then
  redis.call('DEL', done)
  return said
end
write()
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

/** Plans to take away the digest by which a key is found, of a record that may be damaged. */
const FORGET_HASH = `${CHANGES}
local function field_of(text, name)
  local fine, record = pcall(cjson.decode, text)
  local value = fine and type(record) == 'table' and record[name]
  return type(value) == 'string' and value or nil
end
local function forget_hash(id, text)
  local hash = field_of(text, 'hash')
  if hash then return plan('HDEL', prefix .. 'hashes', hash) end
  local all = redis.call('HGETALL', prefix .. 'hashes')
  for at = 1, #all, 2 do
    -- One that cannot be read opens nothing, whosever it is.
    if (field_of(all[at + 1], 'id') or id) == id then plan('HDEL', prefix .. 'hashes', all[at]) end
  end
end
`;

/** prefix, id, hash, record */
export const SAVE_KEY = `${FORGET_HASH}
local id, hash, record = ARGV[2], ARGV[3], ARGV[4]
local old = redis.call('HGET', prefix .. 'keys', id)
if old then forget_hash(id, old) end
plan('HSET', prefix .. 'keys', id, record)
plan('HSET', prefix .. 'hashes', hash, record)
write()
return 1
`;

/** prefix, id, record before, hash, record → 1 if it was that before */
export const REPLACE_KEY = `${FORGET_HASH}
local id, before, hash, record = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('HGET', prefix .. 'keys', id) ~= before then return 0 end
forget_hash(id, before)
plan('HSET', prefix .. 'keys', id, record)
plan('HSET', prefix .. 'hashes', hash, record)
write()
return 1
`;

/** prefix, id → 1 if it was there */
export const DELETE_KEY = `${FORGET_HASH}
local id = ARGV[2]
local old = redis.call('HGET', prefix .. 'keys', id)
if not old then return 0 end
forget_hash(id, old)
plan('HDEL', prefix .. 'keys', id)
plan('DEL', prefix .. 'held:' .. id, prefix .. 'leases:' .. id)
for _, unit in ipairs({ 'requests', 'tokens', 'dollars' }) do
  plan('DEL', prefix .. 'used:' .. id .. ':' .. unit .. ' total:0')
end
write()
return 1
`;
