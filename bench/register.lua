-- What wrk sends for bench/register: every request with an id of its own, to the path given.
-- wrk -s register.lua URL -- PATH RUN
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

function init(args)
  head = "GET " .. args[1] .. "?run=" .. args[2] .. "&minion_id=" .. number .. "-"
  issued = 0
end

function request()
  issued = issued + 1
  return head .. issued .. "&age_ms=12.345 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
end

-- One line to read by a script: answered 200, answered otherwise, broken off, issued, seconds, p99 in ms
function done(summary, latency, requests)
  local issued = 0
  for _, thread in ipairs(threads) do
    issued = issued + thread:get("issued")
  end
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %.3f %.2f\n", summary.requests - errors.status, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, issued, summary.duration / 1e6,
    latency:percentile(99) / 1e3))
end
