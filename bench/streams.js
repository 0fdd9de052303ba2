// The scenario of `muster run streams` for k6: 21 requests an iteration. Written for bench/streams.
// k6 run -e URL=http://... [-e RATE=per-second] -e DURATION=30s -e USERS=10 streams.js
import http from 'k6/http';
import { check } from 'k6';

const rate = Number(__ENV.RATE || 0);
const users = Number(__ENV.USERS || 10);
export const options = {
  discardResponseBodies: true,
  summaryTrendStats: ['count', 'min', 'med', 'p(90)', 'p(95)', 'p(99)', 'max'],
  scenarios: {
    streams: rate > 0
      ? { executor: 'constant-arrival-rate', rate, timeUnit: '1s', duration: __ENV.DURATION, preAllocatedVUs: users }
      : { executor: 'constant-vus', vus: users, duration: __ENV.DURATION },
  },
};
const append = { headers: { 'Content-Type': 'application/vnd.eventstore.events+json' } };
const read = { headers: { Accept: 'application/vnd.eventstore.atom+json' } };
const pad = 'x'.repeat(90);

function uuid() {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => ((Math.random() * 16) | 0).toString(16));
}

export default function () {
  const stream = `${__ENV.URL}/streams/${uuid()}`;
  for (let i = 0; i < 10; i++) {
    const event = `[{"eventId":"${uuid()}","eventType":"muster","data":{"pad":"${pad}"}}]`;
    check(http.post(stream, event, append), { 'is status 201': (r) => r.status === 201 });
  }
  check(http.get(stream, read), { 'is status 200': (r) => r.status === 200 });
  for (let i = 0; i < 10; i++) {
    check(http.get(`${stream}/${i}`, read), { 'is status 200': (r) => r.status === 200 });
  }
}

export function handleSummary(data) {
  return { [__ENV.SUMMARY]: JSON.stringify(data.metrics) };
}
