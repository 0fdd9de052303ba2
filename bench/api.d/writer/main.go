// Command writer is the closed driver of the original kit on client-go, for comparison: so many workers, each with one
// operation under way, create, patch and delete ConfigMaps at full speed. It waits for a line on standard input, and then
// prints one at every -step operations: done, failed, nanoseconds since that line, its own CPU time in nanoseconds.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/clientcmd"
)

const namespace = "scaletest"

var (
	kubeconfig = flag.String("kubeconfig", "", "file")
	threads    = flag.Int("threads", 8, "workers")
	updates    = flag.Int("updates", 1, "patches of each object")
	population = flag.Int("max-population", 200, "objects at a time")
	objects    = flag.Int("objects", 10000, "objects")
	bytes      = flag.Int("bytes", 100, "payload")
	step       = flag.Int64("step", 500, "operations between two lines")

	done, failed atomic.Int64
	begun        time.Time
	printing     sync.Mutex
)

func main() {
	flag.Parse()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		log.Fatal(err)
	}
	config.QPS = -1 // no rate limiter
	config.UserAgent = "bench-writer"
	clients, err := kubernetes.NewForConfig(config)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	space := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}
	_, _ = clients.CoreV1().Namespaces().Create(ctx, space, metav1.CreateOptions{})
	run := "go" + strconv.FormatInt(time.Now().UnixNano(), 36)
	fmt.Println("ready")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	begun = time.Now()
	tell(0)
	var all sync.WaitGroup
	for i := range *threads {
		all.Go(func() { work(ctx, clients.CoreV1().ConfigMaps(namespace), run, i) })
	}
	all.Wait()
	tell(done.Load())
}

// A worker has every n-th object; between two phases of one lie so many of its others that the population stays below its
// limit.
func work(ctx context.Context, maps corev1client.ConfigMapInterface, run string, thread int) {
	lag := (*population + *updates**threads + thread) / ((1 + *updates) * *threads)
	count := (*objects - thread + *threads - 1) / *threads
	payload := strings.Repeat("x", *bytes)
	for turn := 0; turn < count+lag*(1+*updates); turn++ {
		if turn < count {
			create(ctx, maps, run, name(run, thread, turn), payload)
		}
		for update := 1; update <= *updates; update++ {
			if n := turn - lag*update; n >= 0 && n < count {
				patch(ctx, maps, name(run, thread, n), payload)
			}
		}
		if n := turn - lag*(1+*updates); n >= 0 && n < count {
			ended(maps.Delete(ctx, name(run, thread, n), metav1.DeleteOptions{}))
		}
	}
}

func name(run string, thread, number int) string {
	return run + "-" + strconv.Itoa(thread) + "-" + strconv.Itoa(number)
}

func now() string { return time.Now().Format("2006-01-02 15:04:05.000 -0700") }

func create(ctx context.Context, maps corev1client.ConfigMapInterface, run, name, payload string) {
	object := &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{
			Name:        name,
			Labels:      map[string]string{"purpose": "scaletest", "muster/run": run},
			Annotations: map[string]string{"scaletest/createTimestamp": now()},
		},
		Data: map[string]string{"payload": payload},
	}
	_, err := maps.Create(ctx, object, metav1.CreateOptions{})
	ended(err)
}

func patch(ctx context.Context, maps corev1client.ConfigMapInterface, name, payload string) {
	body := `{"metadata":{"annotations":{"scaletest/updateTimestamp":"` + now() + `"}},"data":{"payload":"` + payload + `"}}`
	_, err := maps.Patch(ctx, name, types.MergePatchType, []byte(body), metav1.PatchOptions{})
	ended(err)
}

func ended(err error) {
	if err != nil {
		if failed.Add(1) == 1 {
			log.Print(err)
		}
		return
	}
	if count := done.Add(1); count%*step == 0 {
		tell(count)
	}
}

func tell(count int64) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	printing.Lock()
	defer printing.Unlock()
	fmt.Println(count, failed.Load(), time.Since(begun).Nanoseconds(), usage.Utime.Nano()+usage.Stime.Nano())
}
