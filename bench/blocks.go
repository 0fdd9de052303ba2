// A server and a client of blocks of the original's design, in Go's net/http: what bench/blocks compares Muster with.
//
//	go-blocks serve TLS-ADDRESS PLAIN-ADDRESS CERT KEY
//	go-blocks get URL REQUESTS
package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"
)

// blocks writes n blocks, each from A to Z, one each period.
func blocks(w http.ResponseWriter, r *http.Request) {
	size, _ := strconv.Atoi(r.FormValue("size"))
	n, _ := strconv.Atoi(r.FormValue("n"))
	period, _ := strconv.Atoi(r.FormValue("periodMS"))
	if size < 2 || n < 1 || period < 0 {
		http.Error(w, "size, n or periodMS is out of range", http.StatusBadRequest)
		return
	}
	block := make([]byte, size)
	for i := range block {
		block[i] = 'm'
	}
	block[0], block[size-1] = 'A', 'Z'
	start := time.Now()
	for i := 0; i < n; i++ {
		if period > 0 {
			time.Sleep(time.Until(start.Add(time.Duration(i*period) * time.Millisecond)))
		}
		if _, err := w.Write(block); err != nil {
			return
		}
		if period > 0 {
			w.(http.Flusher).Flush()
		}
	}
}

func serve(tlsAddress, plainAddress, cert, key string) error {
	http.HandleFunc("/blocks", blocks)
	var plain http.Protocols
	plain.SetHTTP1(true)
	plain.SetUnencryptedHTTP2(true)
	go func() { log.Fatal((&http.Server{Addr: plainAddress, Protocols: &plain}).ListenAndServe()) }()
	return http.ListenAndServeTLS(tlsAddress, cert, key, nil)
}

func get(url string, requests int) error {
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		ForceAttemptHTTP2: true,
		WriteBufferSize:   1 << 20,
		ReadBufferSize:    1 << 20,
	}
	client := &http.Client{Transport: transport}
	buffer := make([]byte, 1<<20)
	for i := 0; i < requests; i++ {
		answer, err := client.Get(url)
		if err != nil {
			return err
		}
		if answer.ProtoMajor != 2 || answer.StatusCode != http.StatusOK {
			return fmt.Errorf("%s %s", answer.Proto, answer.Status)
		}
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, answer.Body, buffer); err != nil {
			return err
		}
		answer.Body.Close()
	}
	return nil
}

func main() {
	var err error
	switch {
	case len(os.Args) == 6 && os.Args[1] == "serve":
		err = serve(os.Args[2], os.Args[3], os.Args[4], os.Args[5])
	case len(os.Args) == 4 && os.Args[1] == "get":
		var n int
		if n, err = strconv.Atoi(os.Args[3]); err == nil {
			err = get(os.Args[2], n)
		}
	default:
		err = fmt.Errorf("see the head of blocks.go")
	}
	if err != nil {
		log.Fatal(err)
	}
}
