-- What wrk sends for bench/streams: appends of one event, each with an id of its own, to 1,000 streams of each thread.
-- wrk -s streams.lua URL -- RUN (a number below 65536)
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

function init(args)
  run = tonumber(args[1])
  issued = 0
end

function request()
  issued = issued + 1
  local id = string.format("%08x-%04x-4000-8000-%012x", run, number, issued)
  local body = '[{"eventId":"' .. id .. '","eventType":"muster","data":{"pad":"' .. string.rep("x", 88) .. '"}}]'
  return "POST /streams/" .. run .. "-" .. number .. "-" .. issued % 1000 .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    .. "Content-Type: application/vnd.eventstore.events+json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

-- One line to read by a script: answered 2xx, answered otherwise, broken off, seconds, p99 in ms
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %.3f %.2f\n", summary.requests - errors.status, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration / 1e6, latency:percentile(99) / 1e3))
end
