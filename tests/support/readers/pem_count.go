// tests/support/readers/pem_count.go: how many certificates Go takes of a file.
package main

import (
	"crypto/x509"
	"fmt"
	"os"
)

func main() {
	for _, name := range os.Args[1:] {
		data, _ := os.ReadFile(name)
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(data)
		fmt.Println(name, len(pool.Subjects()))
	}
}
