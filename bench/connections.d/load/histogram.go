package main

import "math/bits"

// histogram counts nanoseconds to within 1 %: 64 steps for each power of two.
type histogram struct {
	counts [64 * 64]int64
	total  int64
}

func (h *histogram) add(nanos int64) {
	h.counts[step(uint64(max(nanos, 0)))]++
	h.total++
}

func (h *histogram) join(other *histogram) {
	for i, count := range other.counts {
		h.counts[i] += count
	}
	h.total += other.total
}

func step(value uint64) int {
	if value < 64 {
		return int(value)
	}
	exponent := bits.Len64(value) - 7
	return (exponent+1)*64 + int(value>>exponent) - 64
}

// at is the smallest step that the share of all values does not exceed, in nanoseconds.
func (h *histogram) at(share float64) float64 {
	left := int64(share * float64(h.total))
	for i, count := range h.counts {
		left -= count
		if left <= 0 && count > 0 {
			if i < 64 {
				return float64(i)
			}
			return float64(uint64(i%64+65)<<(i/64-1)) - 1
		}
	}
	return 0
}
