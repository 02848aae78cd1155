// Command registry is an image registry that forgets: for tests of what happens where one answers.
package main

import (
	"log"
	"net/http"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	log.Fatal(http.ListenAndServe(":5000", registry.New()))
}
