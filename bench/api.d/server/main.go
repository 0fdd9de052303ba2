// Command server answers as an API server does and does nothing else: TLS and HTTP/2, every write is accepted at once and
// stored nowhere. Of a watch it sends events at a rate, each with the instant of its sending in its annotation. It prints
// where it listens, and then once a second how many requests it has answered and events it has sent.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

var (
	folder  = flag.String("folder", ".", "where its kubeconfig goes")
	rate    = flag.Float64("rate", 5000, "events a second; 0: as fast as they are taken")
	events  = flag.Int64("events", 0, "events in all; 0: without end")
	objects = flag.Int("objects", 1000, "objects that change")
	bytes   = flag.Int("bytes", 2000, "payload of an object")
	silent  = flag.Duration("silent", 0, "how long events have no instant in them: the time to warm up")

	answered, sent atomic.Int64
)

func main() {
	flag.Parse()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	if err := kubeconfig(listener.Addr().String()); err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening", listener.Addr())
	go func() {
		for range time.Tick(time.Second) {
			fmt.Println(answered.Load(), sent.Load())
		}
	}()
	settings := &http.HTTP2Config{MaxConcurrentStreams: 1000}
	server := &http.Server{
		Handler:   http.HandlerFunc(answer),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate()}, NextProtos: []string{"h2", "http/1.1"}},
		HTTP2:     settings,
	}
	log.Fatal(server.ServeTLS(listener, "", ""))
}

func kubeconfig(address string) error {
	text := `{"apiVersion":"v1","kind":"Config","current-context":"bench",
"clusters":[{"name":"bench","cluster":{"server":"https://` + address + `","insecure-skip-tls-verify":true}}],
"users":[{"name":"bench","user":{"token":"x"}}],
"contexts":[{"name":"bench","context":{"cluster":"bench","user":"bench"}}]}`
	return os.WriteFile(filepath.Join(*folder, "kubeconfig"), []byte(text), 0o600)
}

func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "bench"},
		NotAfter:     time.Now().Add(24 * time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

const object = `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x","namespace":"scaletest","resourceVersion":"1"}}`

func answer(out http.ResponseWriter, in *http.Request) {
	_, _ = io.Copy(io.Discard, in.Body)
	answered.Add(1)
	header := out.Header()
	header.Set("Content-Type", "application/json")
	query := in.URL.Query()
	switch {
	case strings.HasPrefix(in.URL.Path, "/apis/authorization.k8s.io"):
		out.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(out, `{"status":{"allowed":true}}`)
	case query.Get("watch") != "":
		watch(out, in)
	case in.Method == http.MethodGet && strings.HasSuffix(in.URL.Path, "/configmaps"):
		_, _ = io.WriteString(out, `{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}`)
	case in.Method == http.MethodPost:
		out.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(out, object)
	default:
		_, _ = io.WriteString(out, object)
	}
}

// Sends what is due every time it looks, each event in a write of its own and with a time of its own.
func watch(out http.ResponseWriter, in *http.Request) {
	flusher := out.(http.Flusher)
	flusher.Flush()
	tail := `"}},"data":{"payload":"` + strings.Repeat("x", *bytes) + `"}}}` + "\n"
	begun := time.Now()
	buffer := make([]byte, 0, 1024+*bytes)
	for number := int64(0); *events == 0 || number < *events; number++ {
		if *rate > 0 {
			due := begun.Add(time.Duration(float64(number) / *rate * 1e9))
			if wait := time.Until(due); wait > 0 {
				time.Sleep(wait)
			}
		}
		kind := "MODIFIED"
		if number < int64(*objects) {
			kind = "ADDED"
		}
		buffer = append(buffer[:0], `{"type":"`...)
		buffer = append(buffer, kind...)
		buffer = append(buffer, `","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"object-`...)
		buffer = strconv.AppendInt(buffer, number%int64(*objects), 10)
		buffer = append(buffer, `","namespace":"scaletest","uid":"7d8f6c1e-0000-0000-0000-000000000000","resourceVersion":"`...)
		buffer = strconv.AppendInt(buffer, number+2, 10)
		buffer = append(buffer, `","creationTimestamp":"2026-01-02T03:04:05Z","labels":{"purpose":"scaletest"},"annotations":{"scaletest/createTimestamp":"`...)
		stamp := time.Now().UnixNano()
		buffer = strconv.AppendInt(buffer, stamp, 10)
		buffer = append(buffer, `","scaletest/updateTimestamp":"`...)
		if time.Since(begun) >= *silent {
			buffer = strconv.AppendInt(buffer, stamp, 10)
		}
		buffer = append(buffer, tail...)
		if _, err := out.Write(buffer); err != nil {
			return
		}
		flusher.Flush()
		sent.Add(1)
	}
	<-in.Context().Done()
}
