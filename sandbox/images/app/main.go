// Command app is what runs in the sandbox's cluster: a server, and a client that shows who answers.
package main

import (
	"fmt"
	"log"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

const usage = `usage: app serve [ADDRESS]       answer HTTP requests (:8080), and datagrams on the port above
       app get URL [NAME=VALUE…] make one request with these headers, print status and body
       app send ADDRESS          send one datagram, print the answer
       app probe URL DURATION    make a request every 20 ms that may take so long, print a line of JSON for each
       app alternate COUNT URL…  make COUNT requests to each URL in turn, print a line of JSON for each
       app idle                  wait to be told to end`

func main() {
	command, rest := "", []string{}
	if len(os.Args) > 1 {
		command, rest = os.Args[1], os.Args[2:]
	}
	switch {
	case command == "serve" && len(rest) == 0:
		log.Fatal(serve(":8080"))
	case command == "serve" && len(rest) == 1:
		log.Fatal(serve(rest[0]))
	case command == "get" && len(rest) > 0:
		os.Exit(get(rest[0], rest[1:]))
	case command == "send" && len(rest) == 1:
		os.Exit(send(rest[0]))
	case command == "probe" && len(rest) == 2:
		patience, err := time.ParseDuration(rest[1])
		if err != nil {
			log.Fatal(err)
		}
		probe(rest[0], patience)
	case command == "alternate" && len(rest) > 1:
		count, err := strconv.Atoi(rest[0])
		if err != nil {
			log.Fatal(err)
		}
		alternate(count, rest[1:])
	case command == "idle" && len(rest) == 0:
		idle()
	default:
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
}

func idle() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM, syscall.SIGINT)
	<-told
}
