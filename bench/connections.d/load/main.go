// The load of bench/connections: engines of protocol v2, as many as asked for, with raw epoll and a thread for each
// processor, so that it takes as little of the machine as it can from the broker that it measures and never is what limits. It knows nothing of who answers.
//
//	load run [flags]      one measurement; a line of JSON at the end
//	load report FOLDER    reads the lines from its standard input, writes connections.md and connections.json
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

type options struct {
	port, connections, window, rate, pid, threads int
	warmUp, saturated, paced                      time.Duration
	what                                          string
}

// An engine: its socket, the number of its last heartbeat, and the beginning of an answer that is not complete.
type engine struct {
	fd     int
	number int64
	sent   int64
	held   []byte
	busy   bool
}

// A thread's share of the load.
type load struct {
	options
	first   int // number of its first engine
	epoll   int
	engines []engine
	ready   []int32 // a ring of engines without a heartbeat under way
	head    int
	idle    int
	times   *histogram
	acked   int64
	origin  time.Time
	line    []byte
}

type result struct {
	What        string  `json:"what"`
	Heartbeats  float64 `json:"heartbeats_per_second"`
	ServerCPU   float64 `json:"server_cpu_us_per_heartbeat"`
	LoadCPU     float64 `json:"load_cpu_us_per_heartbeat"`
	PacedRate   float64 `json:"paced_heartbeats_per_second"`
	P50         float64 `json:"paced_p50_us"`
	P99         float64 `json:"paced_p99_us"`
	P999        float64 `json:"paced_p999_us"`
	Max         float64 `json:"paced_max_us"`
	Connections int     `json:"connections"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) == 3 && os.Args[1] == "report" {
		report(os.Args[2])
		return
	}
	var o options
	flags := flag.NewFlagSet("run", flag.ExitOnError)
	flags.StringVar(&o.what, "what", "", "name of the broker in the result")
	flags.IntVar(&o.port, "port", 1337, "the broker's port on 127.0.0.1")
	flags.IntVar(&o.connections, "connections", 15000, "engines")
	flags.IntVar(&o.window, "window", 1000, "heartbeats under way at saturation")
	flags.IntVar(&o.rate, "rate", 10000, "heartbeats a second when paced")
	flags.IntVar(&o.threads, "threads", runtime.NumCPU(), "threads of the load")
	flags.IntVar(&o.pid, "pid", 0, "the broker's process")
	flags.DurationVar(&o.warmUp, "warm-up", 8*time.Second, "saturated, not measured")
	flags.DurationVar(&o.saturated, "saturated", 8*time.Second, "saturated")
	flags.DurationVar(&o.paced, "paced", 8*time.Second, "paced")
	flags.Parse(os.Args[2:])
	origin := time.Now()
	var all crew
	for i := 0; i < o.threads; i++ {
		mine := o
		mine.connections = o.connections*(i+1)/o.threads - o.connections*i/o.threads
		mine.window, mine.rate = o.window/o.threads, o.rate/o.threads
		all = append(all, &load{options: mine, first: o.connections * i / o.threads, origin: origin})
	}
	all.each((*load).connect)
	fmt.Println("connected")
	bufio.NewReader(os.Stdin).ReadString('\n')
	all.each(func(l *load) { l.saturate(o.warmUp) })
	out := all.measureSaturated(o)
	all.each(func(l *load) { l.pace(2 * time.Second) })
	all.measurePaced(o, &out)
	text, _ := json.Marshal(out)
	fmt.Println(string(text))
}

type crew []*load

// each does it on a thread of each share, and then takes all answers that are missing.
func (c crew) each(do func(l *load)) {
	var done sync.WaitGroup
	for _, l := range c {
		done.Add(1)
		go func() {
			defer done.Done()
			runtime.LockOSThread()
			do(l)
			l.drain()
		}()
	}
	done.Wait()
}

func check(err error, what string) {
	if err != nil {
		log.Fatalf("load: %s: %v", what, err)
	}
}

func (l *load) connect() {
	var err error
	l.epoll, err = syscall.EpollCreate1(0)
	check(err, "epoll")
	l.times = &histogram{}
	l.engines = make([]engine, l.connections)
	l.ready = make([]int32, l.connections)
	for i := range l.engines {
		fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
		check(err, "socket (ulimit -n?)")
		check(syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1), "TCP_NODELAY")
		check(syscall.Connect(fd, &syscall.SockaddrInet4{Port: l.port, Addr: [4]byte{127, 0, 0, 1}}), "connect")
		l.engines[i].fd = fd
		_, err = syscall.Write(fd, []byte(fmt.Sprintf("MUSTER:2:NewEngine:engine-%05d:0\n", l.first+i)))
		check(err, "register")
		answer := make([]byte, 128)
		n, err := syscall.Read(fd, answer)
		check(err, "registration")
		if !strings.HasPrefix(string(answer[:n]), "SUCCESS:Registered:") {
			log.Fatalf("load: not registered: %q", answer[:n])
		}
		check(syscall.SetNonblock(fd, true), "non-blocking")
		event := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(i)}
		check(syscall.EpollCtl(l.epoll, syscall.EPOLL_CTL_ADD, fd, &event), "epoll")
		l.release(i)
	}
}

func (l *load) release(i int) {
	l.engines[i].busy = false
	l.ready[(l.head+l.idle)%len(l.ready)] = int32(i)
	l.idle++
}

// send sends the next heartbeat of the engine that has waited longest.
func (l *load) send() {
	i := l.ready[l.head]
	l.head = (l.head + 1) % len(l.ready)
	l.idle--
	e := &l.engines[i]
	e.number++
	e.busy = true
	e.sent = int64(time.Since(l.origin))
	l.line = append(l.line[:0], "HeartBeat:engine-"...)
	id := l.first + int(i)
	for unit := 10000; unit > 0; unit /= 10 {
		l.line = append(l.line, byte('0'+id/unit%10))
	}
	l.line = append(l.line, ':')
	l.line = strconv.AppendInt(l.line, e.number, 10)
	l.line = append(l.line, ':')
	l.line = strconv.AppendInt(l.line, e.sent/1000, 10)
	l.line = append(l.line, ":0\n"...)
	n, err := syscall.Write(e.fd, l.line)
	check(err, "heartbeat")
	if n < len(l.line) {
		log.Fatal("load: a heartbeat was written in part")
	}
}

// poll takes the answers that are there, and waits for them for so many milliseconds; how many heartbeats they end.
func (l *load) poll(millis int, events []syscall.EpollEvent, into []byte) int {
	n, err := syscall.EpollWait(l.epoll, events, millis)
	if err == syscall.EINTR {
		return 0
	}
	check(err, "epoll_wait")
	ended := 0
	for _, event := range events[:n] {
		i := int(event.Fd)
		e := &l.engines[i]
		read, err := syscall.Read(e.fd, into)
		check(err, "read")
		if read == 0 {
			log.Fatalf("load: the broker has closed engine %d", i)
		}
		if l.answered(e, into[:read]) {
			l.times.add(int64(time.Since(l.origin)) - e.sent)
			l.acked++
			l.release(i)
			ended++
		}
	}
	return ended
}

// answered says whether the one heartbeat under way is acknowledged; anything else than its acknowledgement is fatal.
func (l *load) answered(e *engine, text []byte) bool {
	if len(e.held) > 0 {
		e.held = append(e.held, text...)
		text = e.held
	}
	if text[len(text)-1] != '\n' {
		e.held = append([]byte(nil), text...)
		return false
	}
	e.held = nil
	rest := text
	if !e.busy || len(rest) < 8 || string(rest[:4]) != "ACK:" {
		log.Fatalf("load: unexpected %q", text)
	}
	var number, sent int64
	at := 4
	for ; rest[at] >= '0' && rest[at] <= '9'; at++ {
		number = number*10 + int64(rest[at]-'0')
	}
	for at++; rest[at] >= '0' && rest[at] <= '9'; at++ {
		sent = sent*10 + int64(rest[at]-'0')
	}
	if number != e.number || sent != e.sent/1000 || at != len(rest)-1 {
		log.Fatalf("load: %q does not acknowledge %d", text, e.number)
	}
	return true
}

func (l *load) saturate(duration time.Duration) {
	events := make([]syscall.EpollEvent, 512)
	into := make([]byte, 256)
	for i := 0; i < l.window; i++ {
		l.send()
	}
	for end := time.Now().Add(duration); time.Now().Before(end); {
		for ended := l.poll(100, events, into); ended > 0; ended-- {
			l.send()
		}
	}
}

func (l *load) drain() {
	events := make([]syscall.EpollEvent, 512)
	into := make([]byte, 256)
	for end := time.Now().Add(10 * time.Second); l.idle < len(l.engines); {
		l.poll(100, events, into)
		if time.Now().After(end) {
			log.Fatalf("load: %d heartbeats got no answer", len(l.engines)-l.idle)
		}
	}
}

func (c crew) acked() (sum int64) {
	for _, l := range c {
		sum += l.acked
	}
	return sum
}

func (c crew) measureSaturated(o options) result {
	server, own := cpu(o.pid), cpu(os.Getpid())
	began, before := time.Now(), c.acked()
	c.each(func(l *load) { l.saturate(o.saturated) })
	n := float64(c.acked() - before)
	return result{
		What: o.what, Connections: o.connections,
		Heartbeats: n / time.Since(began).Seconds(),
		ServerCPU:  (cpu(o.pid) - server) * 1e6 / n,
		LoadCPU:    (cpu(os.Getpid()) - own) * 1e6 / n,
	}
}

// pace sends what is due at each millisecond, whatever is still under way.
func (l *load) pace(duration time.Duration) {
	events := make([]syscall.EpollEvent, 512)
	into := make([]byte, 256)
	began := time.Now()
	for sent := 0.0; ; {
		since := time.Since(began)
		if since > duration {
			return
		}
		for due := since.Seconds() * float64(l.rate); sent < due && l.idle > 0; sent++ {
			l.send()
		}
		l.poll(1, events, into)
	}
}

func (c crew) measurePaced(o options, out *result) {
	began, before := time.Now(), c.acked()
	c.each(func(l *load) {
		l.times = &histogram{}
		l.pace(o.paced)
	})
	took := time.Since(began)
	out.PacedRate = float64(c.acked()-before) / took.Seconds()
	all := &histogram{}
	for _, l := range c {
		all.join(l.times)
	}
	out.P50, out.P99 = all.at(0.5)/1e3, all.at(0.99)/1e3
	out.P999, out.Max = all.at(0.999)/1e3, all.at(1)/1e3
}

// cpu is what a process has used so far, in seconds.
func cpu(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	check(err, "the broker's CPU")
	fields := strings.Fields(string(text)[strings.LastIndexByte(string(text), ')')+2:])
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100
}
