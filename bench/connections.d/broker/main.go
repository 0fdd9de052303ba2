// A broker of Muster's protocol v2 (docs/protocol.md), written for bench/connections with the usual good habits of Go: a
// goroutine for each connection, buffered reading, no garbage for a heartbeat, a lock for registering alone.
//
// It keeps what Muster's broker keeps: last number, last seen, expected time, counters, and the distribution of lateness.
// SIGUSR1 prints what the heap has after a collection, with the stacks of the goroutines.
package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"flag"
	"fmt"
	"log"
	"math/bits"
	"net"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	readBytes  = 256
	mostErrors = 16
	mostID     = 128
	mostNumber = 1<<53 - 1
)

type engine struct {
	owner    net.Conn // under the broker's lock
	token    string
	last     atomic.Int64
	seen     atomic.Int64
	expected atomic.Int64
}

type broker struct {
	period     int64
	handshake  time.Duration
	mutex      sync.Mutex
	engines    map[string]*engine
	heartbeats atomic.Int64
	late       atomic.Int64
	lost       atomic.Int64
	lateness   [64]atomic.Int64
}

func main() {
	port := flag.Int("port", 1337, "TCP port")
	period := flag.Duration("heartbeat", 10*time.Second, "the engines' period")
	flag.Parse()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	b := &broker{period: int64(*period), handshake: 10 * time.Second, engines: make(map[string]*engine)}
	go b.tellMemory()
	fmt.Println("listening")
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Print(err)
			time.Sleep(time.Second)
			continue
		}
		go b.serve(connection)
	}
}

func (b *broker) tellMemory() {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	for range asked {
		debug.FreeOSMemory()
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		fmt.Println("heap", memory.HeapAlloc+memory.StackInuse)
	}
}

func (b *broker) serve(connection net.Conn) {
	defer connection.Close()
	reader := bufio.NewReaderSize(connection, readBytes)
	connection.SetReadDeadline(time.Now().Add(b.handshake))
	line, err := reader.ReadSlice('\n')
	if err != nil {
		connection.Write([]byte("ERROR:No engine has registered in time\n"))
		return
	}
	id, e := b.register(connection, line)
	if e == nil {
		return
	}
	connection.SetReadDeadline(time.Time{})
	defer b.gone(e, connection)
	answer := make([]byte, 0, 64)
	for errors := 0; errors < mostErrors; {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return
		}
		line = bytes.TrimSuffix(line[:len(line)-1], []byte{'\r'})
		if number, sent, ok := heartbeat(line, id); ok && e.last.CompareAndSwap(number-1, number) {
			b.count(e)
			answer = append(answer, "ACK:"...)
			answer = strconv.AppendInt(answer, number, 10)
			answer = append(answer, ':')
			answer = strconv.AppendInt(answer, sent, 10)
			answer = append(answer, '\n')
		} else if string(line) == "BYE" {
			b.leave(string(id), e)
			connection.Write(append(answer, "BYE\n"...))
			return
		} else if !bytes.HasPrefix(line, []byte("CONFIRM:")) && !bytes.HasPrefix(line, []byte("DONE:")) {
			errors++
			answer = append(answer, "ERROR:Malformed message\n"...)
		}
		if reader.Buffered() == 0 && len(answer) > 0 {
			if _, err := connection.Write(answer); err != nil {
				return
			}
			answer = answer[:0]
		}
	}
}

func (b *broker) count(e *engine) {
	now := time.Now().UnixNano()
	e.seen.Store(now)
	b.heartbeats.Add(1)
	due := e.expected.Load()
	late := now - due
	if due == 0 || late < 0 || late >= b.period {
		e.expected.Store(now + b.period)
	} else {
		e.expected.Store(due + b.period)
	}
	if due == 0 {
		return
	}
	if late < 0 {
		late = 0
	}
	b.lateness[bits.Len64(uint64(late))].Add(1)
	if late > b.period/10 {
		b.late.Add(1)
	}
}

func (b *broker) register(connection net.Conn, line []byte) ([]byte, *engine) {
	fields := bytes.Split(bytes.TrimRight(line, "\r\n"), []byte{':'})
	if len(fields) < 5 || len(fields) > 6 || !bytes.HasPrefix(line, []byte("MUSTER:2:NewEngine:")) || !isID(fields[3]) {
		connection.Write([]byte("ERROR:Malformed message\n"))
		return nil, nil
	}
	last, ok := number(fields[4])
	if !ok {
		connection.Write([]byte("ERROR:Malformed message\n"))
		return nil, nil
	}
	id := bytes.Clone(fields[3])
	b.mutex.Lock()
	defer b.mutex.Unlock()
	e, known := b.engines[string(id)]
	switch {
	case known && len(fields) == 6 && e.token == string(fields[5]):
		if before := e.last.Load(); last > before {
			b.lost.Add(last - before)
			e.last.Store(last)
		}
		if e.owner != nil {
			e.owner.Close()
		}
		fmt.Fprintf(connection, "SUCCESS:Resumed:%s:%d\n", e.token, e.last.Load())
	case known && e.owner != nil:
		fmt.Fprintf(connection, "FAILLED:Duplicate Engine ID %s\n", id)
		return nil, nil
	default:
		token := make([]byte, 8)
		rand.Read(token)
		e = &engine{token: hex.EncodeToString(token)}
		e.last.Store(last)
		b.engines[string(id)] = e
		fmt.Fprintf(connection, "SUCCESS:Registered:%s:%d\n", e.token, last)
	}
	e.owner = connection
	e.expected.Store(0)
	e.seen.Store(time.Now().UnixNano())
	return id, e
}

func (b *broker) gone(e *engine, connection net.Conn) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if e.owner == connection {
		e.owner = nil
	}
}

func (b *broker) leave(id string, e *engine) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	delete(b.engines, id)
	e.owner = nil
}

// heartbeat reads HeartBeat:<id>:<n>:<sent>[:<late>].
func heartbeat(line, id []byte) (count, sent int64, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte("HeartBeat:"))
	if !ok || len(rest) <= len(id) || !bytes.Equal(rest[:len(id)], id) || rest[len(id)] != ':' {
		return 0, 0, false
	}
	first, rest, ok := bytes.Cut(rest[len(id)+1:], []byte{':'})
	if !ok {
		return 0, 0, false
	}
	second, late, hasLate := bytes.Cut(rest, []byte{':'})
	if count, ok = number(first); !ok {
		return 0, 0, false
	}
	if sent, ok = number(second); !ok {
		return 0, 0, false
	}
	if hasLate {
		_, ok = number(late)
	}
	return count, sent, ok
}

func number(digits []byte) (int64, bool) {
	if len(digits) == 0 || len(digits) > 16 || (digits[0] == '0' && len(digits) > 1) {
		return 0, false
	}
	var n int64
	for _, digit := range digits {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		n = n*10 + int64(digit-'0')
	}
	return n, n <= mostNumber
}

func isID(id []byte) bool {
	for _, c := range id {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return len(id) > 0 && len(id) <= mostID
}
