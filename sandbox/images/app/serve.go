package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func serve(address string) error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "answered by the cluster: %s\n", host)
	})
	http.HandleFunc("GET /env/{name}", func(w http.ResponseWriter, r *http.Request) {
		value, ok := os.LookupEnv(r.PathValue("name"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, value)
	})
	return http.ListenAndServe(address, nil)
}
