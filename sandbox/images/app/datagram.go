package main

import (
	"fmt"
	"net"
	"os"
	"time"
)

// serveDatagrams answers whatever comes to the port above, as serve answers requests: Telepresence 2.31.2 breaks where a
// pod has one number for both.
func serveDatagrams(address, answer string) error {
	above, err := net.ResolveUDPAddr("udp", address)
	if err != nil {
		return err
	}
	above.Port++
	socket, err := net.ListenUDP("udp", above)
	if err != nil {
		return err
	}
	buffer := make([]byte, 1500)
	for {
		_, sender, err := socket.ReadFrom(buffer)
		if err != nil {
			return err
		}
		socket.WriteTo([]byte(answer), sender)
	}
}

func send(address string) (exitCode int) {
	answer, err := askByDatagram(address)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Print(answer)
	return 0
}

func askByDatagram(address string) (string, error) {
	socket, err := net.DialTimeout("udp", address, time.Second)
	if err != nil {
		return "", err
	}
	defer socket.Close()
	socket.SetDeadline(time.Now().Add(time.Second))
	if _, err := socket.Write([]byte("who answers?")); err != nil {
		return "", err
	}
	buffer := make([]byte, 1500)
	length, err := socket.Read(buffer)
	return string(buffer[:length]), err
}
