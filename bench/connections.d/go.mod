module muster/bench/connections

go 1.22
