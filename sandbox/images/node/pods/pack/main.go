// Command pack makes a container image of one static program, as a tarball for "ctr images import":
// pack OUT.tar NAME:TAG PATH-IN-IMAGE=FILE. The same input gives the same bytes.
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
)

type file struct {
	path string
	mode int64
	data []byte
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: pack OUT.tar NAME:TAG PATH-IN-IMAGE=FILE")
	}
	path, program, _ := strings.Cut(os.Args[3], "=")
	data, err := os.ReadFile(program)
	check(err)
	check(os.WriteFile(os.Args[1], image(os.Args[2], path, data), 0o644))
}

func image(name, entrypoint string, program []byte) []byte {
	layer := archive(file{strings.TrimPrefix(entrypoint, "/"), 0o755, program})
	config := encode(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       map[string]any{"Entrypoint": []string{entrypoint}},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + digest(layer)}},
	})
	configName := digest(config) + ".json"
	manifest := encode([]map[string]any{{
		"Config": configName, "RepoTags": []string{name}, "Layers": []string{"layer.tar"},
	}})
	return archive(
		file{configName, 0o644, config},
		file{"layer.tar", 0o644, layer},
		file{"manifest.json", 0o644, manifest},
	)
}

func archive(files ...file) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range files {
		check(w.WriteHeader(&tar.Header{Name: f.path, Mode: f.mode, Size: int64(len(f.data))}))
		_, err := w.Write(f.data)
		check(err)
	}
	check(w.Close())
	return out.Bytes()
}

func digest(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }

func encode(value any) []byte {
	data, err := json.Marshal(value)
	check(err)
	return data
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
