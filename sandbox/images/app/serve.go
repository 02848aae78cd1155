package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

func serve(address string) error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	answer := fmt.Sprintf("answered by the cluster: %s\n", host)
	http.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, answer) })
	http.HandleFunc("GET /env/{name}", func(w http.ResponseWriter, r *http.Request) {
		value, ok := os.LookupEnv(r.PathValue("name"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, value)
	})
	go func() { log.Fatal(serveDatagrams(address, answer)) }()
	return http.ListenAndServe(address, nil)
}
