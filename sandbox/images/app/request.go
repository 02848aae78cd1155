package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// A connection of its own for each request: one that is kept open would go on to where it was first led.
var client = http.Client{
	Timeout:   time.Second,
	Transport: &http.Transport{DisableKeepAlives: true},
}

func request(url string, headers []string) (status int, body string, err error) {
	question, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, "=")
		question.Header.Set(name, value)
	}
	response, err := client.Do(question)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	return response.StatusCode, string(data), err
}

func get(url string, headers []string) (exitCode int) {
	status, body, err := request(url, headers)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(status)
	fmt.Print(body)
	return 0
}

// answer is one line of what probe and alternate print. Status 0 means that nobody answered; body says why.
type answer struct {
	URL    string    `json:"url"`
	Time   time.Time `json:"time"`
	Ms     float64   `json:"ms"`
	Status int       `json:"status"`
	Body   string    `json:"body"`
}

// probe does not wait for an answer before it asks again: where nobody answers, it would ask too rarely. It looks the
// name up once: requests that are under way share a lookup, so one lost datagram would fail those of five seconds.
func probe(url string, patience time.Duration) {
	client.Timeout = patience
	client.Transport.(*http.Transport).DialContext = dialerTo(url)
	answers := make(chan answer)
	go func() {
		for range time.Tick(20 * time.Millisecond) {
			go func() { answers <- ask(url) }()
		}
	}()
	out := json.NewEncoder(os.Stdout)
	for answer := range answers {
		if out.Encode(answer) != nil {
			return
		}
	}
}

func dialerTo(address string) func(context.Context, string, string) (net.Conn, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		log.Fatal(err)
	}
	addresses, err := net.LookupHost(parsed.Hostname())
	if err != nil {
		log.Fatal(err)
	}
	return func(ctx context.Context, network, asked string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(asked)
		if err != nil {
			return nil, err
		}
		return new(net.Dialer).DialContext(ctx, network, net.JoinHostPort(addresses[0], port))
	}
}

func alternate(count int, urls []string) {
	out := json.NewEncoder(os.Stdout)
	for range count {
		for _, url := range urls {
			if out.Encode(ask(url)) != nil {
				return
			}
		}
	}
}

func ask(url string) answer {
	started := time.Now()
	status, body, err := request(url, nil)
	ms := float64(time.Since(started).Microseconds()) / 1000
	if err != nil {
		status, body = 0, err.Error()
	}
	line, _, _ := strings.Cut(body, "\n")
	return answer{url, started.UTC(), ms, status, line}
}
