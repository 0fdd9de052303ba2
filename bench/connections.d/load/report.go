package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What the report is to be read with; the script sets it.
type setting struct {
	Build, Date, Machine, Java, Go, Settings string
	// Of the machine, for the broker and the load together.
	Processors float64
}

// A line of the table: a figure of each broker. The target is about those that it needs.
type row struct {
	title, key, unit, target string
	needs                    []string
	met                      func(of map[string]spread) bool
}

type spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

var brokers = []string{"muster", "go", "netsocket"}
var titles = map[string]string{"muster": "Muster", "go": "Go", "netsocket": "Vert.x NetSocket"}

var rows = []row{
	{"heartbeats handled, saturated", "heartbeats_per_second", "/s", "at least Go's", []string{"muster", "go"}, func(of map[string]spread) bool {
		return of["muster"].Median >= of["go"].Median
	}},
	{"broker's CPU for a heartbeat, saturated", "server_cpu_us_per_heartbeat", "us", "", nil, nil},
	{"load's CPU for a heartbeat, saturated", "load_cpu_us_per_heartbeat", "us", "", nil, nil},
	{"processors that broker and load used together, saturated", used, "", "", nil, nil},
	{"heartbeats handled, paced", "paced_heartbeats_per_second", "/s", "", nil, nil},
	{"handling of a heartbeat, paced: p50", "paced_p50_us", "us", "", nil, nil},
	{"handling of a heartbeat, paced: p99", "paced_p99_us", "us", "", nil, nil},
	{"handling of a heartbeat, paced: p99.9", "paced_p999_us", "us", "", nil, nil},
	{"heap for an idle connection", "heap_bytes_per_connection", "bytes", "Muster at most 2,048 bytes", []string{"muster"}, func(of map[string]spread) bool {
		return of["muster"].Median <= 2048
	}},
	{"memory in all for an idle connection", "rss_bytes_per_connection", "bytes", "Muster at most 4,096 bytes", []string{"muster"}, func(of map[string]spread) bool {
		return of["muster"].Median <= 4096
	}},
}

// What bench/all reads of a target.
type aim struct {
	What   string   `json:"what"`
	Unit   string   `json:"unit"`
	Muster *float64 `json:"muster"`
	Peer   *peer    `json:"peer,omitempty"`
	Target string   `json:"target"`
	Met    bool     `json:"met"`
}

type peer struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// aim is nil for a figure without a target.
func (row row) aim(of map[string]spread) *aim {
	if row.met == nil {
		return nil
	}
	result := &aim{What: row.title, Unit: row.unit, Target: row.target, Met: row.verdict(of) == "met"}
	if muster, measured := of["muster"]; measured {
		result.Muster = &muster.Median
	}
	if other, measured := of["go"]; measured {
		result.Peer = &peer{titles["go"], other.Median}
	}
	return result
}

// used is derived from three figures of a line.
const used = "saturated_processors_used"

// verdict says whether a target is met; without a figure that it needs nobody knows.
func (row row) verdict(of map[string]spread) string {
	if row.met == nil {
		return ""
	}
	for _, broker := range row.needs {
		if _, measured := of[broker]; !measured {
			return "not measured"
		}
	}
	if row.met(of) {
		return "met"
	}
	return "not met"
}

// derive adds to a line how many processors the broker and the load used together at saturation.
func derive(line map[string]any) {
	rate, measured := line["heartbeats_per_second"].(float64)
	server, ofServer := line["server_cpu_us_per_heartbeat"].(float64)
	load, ofLoad := line["load_cpu_us_per_heartbeat"].(float64)
	if measured && ofServer && ofLoad {
		line[used] = rate * (server + load) / 1e6
	}
}

// bound says in words what limited the rate at saturation: the load shares the machine with the broker.
func bound(of map[string]spread, processors float64) string {
	if len(of) == 0 || processors == 0 {
		return "What limited the rate at saturation was not measured."
	}
	least := processors
	for _, each := range of {
		least = min(least, each.Median)
	}
	if least >= 0.9*processors {
		return fmt.Sprintf("What limited the rate at saturation: the machine. Broker and load share its %.0f processors and used at least"+
			" %.0f %% of them together, so the rates compare what a heartbeat costs at both ends;"+
			" none is the most that a broker can do. What a broker costs alone is its own CPU for a heartbeat.", processors, 100*least/processors)
	}
	return fmt.Sprintf("What limited the rate at saturation: not the machine alone. Broker and load share its %.0f processors, and with one of"+
		" the brokers used %.0f %% of them together: there the load, or its number of heartbeats under way, was the limit.",
		processors, 100*least/processors)
}

// report reads a setting and then results, a line of JSON each. Further keys of a result are figures as well.
func report(folder string) {
	input := bufio.NewScanner(os.Stdin)
	var head setting
	figures := map[string]map[string][]float64{}
	for first := true; input.Scan(); first = false {
		if first {
			check(json.Unmarshal(input.Bytes(), &head), "the setting")
			continue
		}
		var line map[string]any
		check(json.Unmarshal(input.Bytes(), &line), input.Text())
		what := line["what"].(string)
		derive(line)
		for key, value := range line {
			if number, ok := value.(float64); ok {
				if figures[key] == nil {
					figures[key] = map[string][]float64{}
				}
				figures[key][what] = append(figures[key][what], number)
			}
		}
	}
	var text strings.Builder
	fmt.Fprintf(&text, "# Connections\n\n`bench/connections`, %s: %s, %s, %s, %s.\n%s\n\n", head.Date, head.Build, head.Machine, head.Java, head.Go, head.Settings)
	fmt.Fprintf(&text, "Median (min - max) of the rounds.\n\n| |")
	for _, broker := range brokers {
		fmt.Fprintf(&text, " %s |", titles[broker])
	}
	text.WriteString(" target | |\n|---|---|---|---|---|---|\n")
	all := map[string]any{"build": head.Build, "date": head.Date, "setting": head}
	aims := []*aim{}
	var limit string
	for _, row := range rows {
		of := map[string]spread{}
		fmt.Fprintf(&text, "| %s |", row.title)
		for _, broker := range brokers {
			values := figures[row.key][broker]
			if len(values) == 0 {
				text.WriteString(" - |")
				continue
			}
			slices.Sort(values)
			s := spread{median(values), values[0], values[len(values)-1]}
			of[broker] = s
			fmt.Fprintf(&text, " %s (%s - %s) |", strings.TrimSpace(shown(s.Median)+" "+row.unit), shown(s.Min), shown(s.Max))
		}
		verdict := row.verdict(of)
		fmt.Fprintf(&text, " %s | %s |\n", row.target, verdict)
		if row.key == used {
			limit = bound(of, head.Processors)
		}
		if aim := row.aim(of); aim != nil {
			aims = append(aims, aim)
		}
		all[row.key] = map[string]any{"unit": row.unit, "brokers": of, "target": row.target, "verdict": verdict}
	}
	all["targets"] = aims
	fmt.Fprintf(&text, "\n%s\n", limit)
	check(os.WriteFile(filepath.Join(folder, "connections.md"), []byte(text.String()), 0o644), "connections.md")
	out, _ := json.MarshalIndent(all, "", "  ")
	check(os.WriteFile(filepath.Join(folder, "connections.json"), append(out, '\n'), 0o644), "connections.json")
	fmt.Print(text.String())
}

func median(sorted []float64) float64 {
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func shown(value float64) string {
	if value < 100 {
		return fmt.Sprintf("%.1f", value)
	}
	digits := fmt.Sprintf("%.0f", value)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
